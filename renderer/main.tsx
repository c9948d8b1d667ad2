import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './ui/tokens.css';
import './ui/base.css';

import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';

import { App } from './App.tsx';
import { HostProvider } from './host/HostProvider.tsx';
import { createDesktopHost } from './host/desktopHost.ts';
import { createWebHost } from './host/webHost.ts';
import { startI18n } from './i18n.ts';
import { ShownDocument } from './state/ShownDocument.tsx';
import { mantineVariables, theme } from './ui/theme.ts';

// The page's Content-Security-Policy forbids code from strings, which zod would try out.
z.config({ jitless: true });
startI18n();

const host = window.convas === undefined ? createWebHost() : createDesktopHost(window.convas);
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={mantineVariables} defaultColorScheme="auto">
      <Notifications position="bottom-center" limit={4} />
      <HostProvider host={host}>
        <ShownDocument>
          <App />
        </ShownDocument>
      </HostProvider>
    </MantineProvider>
  </StrictMode>,
);
