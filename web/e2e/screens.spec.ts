// Every first screen on a laptop and on a phone: it opens, it is accessible, its picture goes to the guide.
import { accessible, LAPTOP, PHONE, picture, settled, signIn, test } from './world';

const SCREENS: [name: string, path: string, user: string][] = [
  ['overview', '/', 'demo.kehoach'],
  ['campaigns', '/campaigns', 'demo.kehoach'],
  ['plan', '/campaigns/ninh-thuan-2021', 'demo.quantri'],
  ['campaign-tasks', '/campaigns/nghe-an-2022/tasks', 'demo.kehoach'],
  ['activities', '/campaigns/dak-lak-2022/activities', 'demo.quantri'],
  ['results', '/campaigns/nghe-an-2022-launch/results', 'demo.kehoach'],
  ['report', '/campaigns/nghe-an-2022-launch/report', 'demo.kehoach'],
  ['my-tasks', '/tasks', 'demo.kehoach'],
  ['figures', '/figures?indicator=participants.voluntary_si&unit=old-66&period=2023-03', 'demo.quantri'],
  [
    'figures-chart',
    '/figures?indicator=participants.voluntary_si&unit=old-66&period=2023-03&view=chart',
    'demo.quantri',
  ],
  [
    'figures-map',
    '/figures?indicator=participants.voluntary_si&unit=new-66&period=2023-03&boundaries=as_now&view=map',
    'demo.quantri',
  ],
  ['imports', '/imports', 'demo.kehoach'],
  ['field', '/field', 'demo.kehoach'],
  ['administration', '/admin', 'demo.quantri'],
  ['account', '/account', 'demo.kehoach'],
];

for (const [size, viewport] of Object.entries({ laptop: LAPTOP, phone: PHONE })) {
  test.describe(size, () => {
    test.use({ viewport, hasTouch: size === 'phone', isMobile: size === 'phone' });

    test('sign-in', async ({ page }) => {
      await page.goto('/sign-in');
      await settled(page);
      await accessible(page);
      await picture(page, `sign-in-${size}`);
    });

    for (const [name, path, user] of SCREENS) {
      test(name, async ({ page }) => {
        await signIn(page, user);
        await page.goto(path);
        await settled(page);
        await accessible(page);
        await picture(page, `${name}-${size}`);
      });
    }
  });
}
