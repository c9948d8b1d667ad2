import {
  ActionIcon,
  createTheme,
  Modal,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

const accent: MantineColorsTuple = [
  '#e6effc',
  '#cddff9',
  '#a3c4f4',
  '#7aa9ee',
  '#5490e6',
  '#3d7edd',
  '#2f6fd6',
  '#1f58b4',
  '#17468f',
  '#0f3268',
];

export const theme = createTheme({
  colors: { accent },
  primaryColor: 'accent',
  primaryShade: 6,
  autoContrast: true,
  luminanceThreshold: 0.35,
  fontFamily: 'var(--font-text)',
  fontFamilyMonospace: 'var(--font-code)',
  fontSizes: { xs: '11.5px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  defaultRadius: '6px',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 350,
        events: { hover: true, focus: true, touch: false },
        withinPortal: true,
      },
    }),
    Modal: Modal.extend({ styles: { title: { fontSize: 15, fontWeight: 600 } } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
  },
});

const ours = {
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-soft)',
  '--mantine-color-placeholder': 'var(--ink-soft)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-error': 'var(--error)',
  '--mantine-color-red-light': 'var(--error-soft)',
  '--mantine-color-red-light-hover': 'var(--surface)',
  '--mantine-color-red-light-color': 'var(--error)',
};

/** Mantine's own colour variables, taken from tokens.css. */
export const mantineVariables: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours });
