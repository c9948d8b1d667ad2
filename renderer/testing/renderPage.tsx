import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { render, type RenderResult } from '@testing-library/react';
import i18next from 'i18next';
import type { ReactNode } from 'react';

import type { Host } from '../host/host.ts';
import { HostProvider } from '../host/HostProvider.tsx';
import { startI18n } from '../i18n.ts';
import { ShownDocument } from '../state/ShownDocument.tsx';
import { mantineVariables, theme } from '../ui/theme.ts';
import { createFakeCore } from './fakeCore.ts';
import { createFakeHost } from './fakeHost.ts';

/** Renders a part of the page with what main.tsx puts around it: texts, theme, messages and a host. */
export function renderPage(
  part: ReactNode,
  host: Host = createFakeHost(createFakeCore()).host,
): RenderResult {
  if (!i18next.isInitialized) startI18n();
  return render(part, {
    wrapper: ({ children }: { readonly children: ReactNode }) => (
      <MantineProvider theme={theme} cssVariablesResolver={mantineVariables} env="test">
        <Notifications />
        <HostProvider host={host}>
          <ShownDocument>{children}</ShownDocument>
        </HostProvider>
      </MantineProvider>
    ),
  });
}
