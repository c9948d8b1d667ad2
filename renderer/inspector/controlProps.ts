import type { Param } from '../../shared/layers/params.ts';

/** What every control of a parameter is given. */
export interface ControlProps {
  readonly id: string;
  readonly label: string;
  /** Read out with the control. */
  readonly help: string;
  readonly param: Param<unknown>;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}
