export { arithmeticByAxis, axisOf } from '../../shared/layers/axes.ts';
