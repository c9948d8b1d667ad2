import { smallProject } from './support/networks.ts';
import { expect, test } from './support/designer.ts';
import { childrenOf } from './support/program.ts';

test('a template shows every shape, its totals, and breaks no rule of the page’s security', async ({
  designer,
}) => {
  const complaints: string[] = [];
  designer.page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await designer.page.reload();
  await designer.isReady();
  await designer.openTemplate('LeNet-5');
  await expect(designer.status).toContainText('61 706 parameters');
  await expect(designer.block('conv2d_1')).toHaveAccessibleName(
    'Conv2D conv2d_1, output 28 by 28 by 6, valid',
  );
  expect(complaints).toEqual([]);
});

test('a killed trainer is told of, and replaced at the next training', async ({ designer, served }) => {
  test.skip(process.platform === 'win32', 'finds the trainer with pgrep');
  await designer.openProject({ ...smallProject, training: { epochs: 100_000, batchSize: 256 } });
  await designer.tool('Train').click();
  await expect(designer.lowerPanel.getByText(/batch \d+ of 235/)).toBeVisible({ timeout: 30_000 });
  const [trainer] = await childrenOf(served.pid);
  process.kill(trainer ?? 0, 'SIGKILL');
  await expect(designer.lowerPanel.getByText(/ended unexpectedly/)).toBeVisible();

  await designer.tool('Train').click();
  await expect(designer.lowerPanel.getByText(/batch \d+ of 235/)).toBeVisible({ timeout: 30_000 });
  await designer.tool('Stop').click();
  await expect(designer.lowerPanel.getByText(/^Stopped/)).toBeVisible();
});
