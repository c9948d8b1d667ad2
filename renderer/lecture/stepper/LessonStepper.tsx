import { ExampleStepper } from './ExampleStepper.tsx';
import { LayerStepper } from './LayerStepper.tsx';

/** In a lesson: a layer of the canvas step by step, or the lecture's example. */
export function LessonStepper({ layer }: { readonly layer: string | null }) {
  return (
    <figure className="lesson-stepper">
      {layer === null ? <ExampleStepper isSmall /> : <LayerStepper layerId={layer} isSmall />}
    </figure>
  );
}
