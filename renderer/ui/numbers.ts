export { grouped, percent, short, sizeText } from '../../shared/numbers.ts';
