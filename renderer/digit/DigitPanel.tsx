import './digit.css';

import { useTellAnswer } from '../insight/looking.ts';
import { useActivations } from '../interpretation/useActivations.ts';
import { useModel } from '../interpretation/useModel.ts';
import { usePicture } from '../interpretation/usePicture.ts';
import { ProblemText } from '../ui/ProblemText.tsx';
import { DrawingPad } from './DrawingPad.tsx';
import { FeatureMaps } from './FeatureMaps.tsx';
import { PictureSource } from './PictureSource.tsx';
import { Probabilities } from './Probabilities.tsx';
import { WeightsChoice } from './WeightsChoice.tsx';

/** A digit that is drawn or chosen, what the network takes it for, and what each layer makes of it. */
export function DigitPanel() {
  const model = useModel();
  const picture = usePicture();
  const answer = useActivations(model.source, picture, null);
  const { activations, problems } = answer;
  useTellAnswer(model, answer);
  return (
    <div className="digit">
      <DrawingPad />
      <PictureSource picture={picture} />
      <div className="digit-output">
        <div role="status">
          {problems.map((problem, at) => (
            <p key={at} className="digit-problem">
              <ProblemText problem={problem} />
            </p>
          ))}
        </div>
        {problems.length === 0 && <Probabilities output={activations?.output ?? null} />}
      </div>
      <div className="digit-insight">
        <WeightsChoice model={model} />
        {/* What an earlier network made of it would not be this one's. */}
        <FeatureMaps activations={problems.length === 0 ? activations : null} source={model.source} />
      </div>
    </div>
  );
}
