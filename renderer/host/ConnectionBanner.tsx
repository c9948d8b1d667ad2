import { Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import './host.css';
import { useConnection } from './HostProvider.tsx';

/** A short break, as when the page is left, is not worth a word. */
const patience = 400;

/** Says that the program is gone or does not know this page, and that nothing is lost; nothing otherwise. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const connection = useConnection();
  const isBroken = connection === 'lost' || connection === 'refused';
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsShown(isBroken), isBroken ? patience : 0);
    return () => clearTimeout(timer);
  }, [isBroken]);
  return (
    <div role="status" className="connection-banner" data-shown={isShown && isBroken}>
      {isShown && isBroken && (
        <>
          {connection === 'lost' && <Loader size={14} color="currentColor" aria-hidden />}
          <span>{t(connection === 'lost' ? 'host.lost' : 'host.refused')}</span>
        </>
      )}
    </div>
  );
}
