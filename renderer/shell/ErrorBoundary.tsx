import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ErrorBoundary as Boundary, type FallbackProps } from 'react-error-boundary';
import { useTranslation } from 'react-i18next';

import { recordError } from '../../shared/errorLog.ts';

/** Stands in where a part of the page failed: what happened, what was kept, what to do. */
export function ErrorBoundary({ children }: { readonly children: ReactNode }) {
  return <Boundary FallbackComponent={Failed}>{children}</Boundary>;
}

function Failed({ error, resetErrorBoundary }: FallbackProps) {
  const { t } = useTranslation();
  const [id] = useState(() => recordError(error));
  return (
    <div className="failed" role="alert">
      <p>{t('app.crashed')}</p>
      <Button onClick={resetErrorBoundary}>{t('app.tryAgain')}</Button>
      <details>
        <summary>{t('app.details')}</summary>
        <p>{t('app.errorId', { id })}</p>
        <pre>{error instanceof Error ? (error.stack ?? error.message) : String(error)}</pre>
      </details>
    </div>
  );
}
