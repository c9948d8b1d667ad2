import { create, type StoreApi } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

import type { Framework } from '../../shared/codegen/code.ts';
import type { Language } from '../../shared/layers/params.ts';
import type { Category } from '../../shared/layers/spec.ts';
import { bound } from './derivedStore.ts';
import { activeSession, changeActive, useTabs, type DocumentSession, type ViewPlace } from './sessions.ts';

export type BottomTab = 'train' | 'problems' | 'analysis' | 'runs' | 'code' | 'digit' | 'results' | 'explain';
export type PanelName = 'palette' | 'inspector' | 'bottom';
/** `mouse`: the wheel zooms, dragging moves the view. `touchpad`: two fingers move the view, dragging selects. */
export type PointerScheme = 'mouse' | 'touchpad';

/** A wish to bring layers into view; `count` tells one wish from the next. */
interface Reveal {
  /** Some layers; all of them however small they get; the network from its start, large enough to be read; all
   * of them as near as they are now, or else from the start; as a zoom; or the view as it was left. */
  readonly what: readonly string[] | 'all' | 'start' | 'arranged' | 'closer' | 'farther' | ViewPlace;
  readonly count: number;
}

/** What is the project's own of all that is on the screen. */
type OfSession = Pick<DocumentSession, 'selection' | 'selectedBlock' | 'view'>;

interface ScreenState {
  /** Flow ids of the selected edges. */
  readonly selectedEdges: ReadonlySet<string>;
  readonly language: Language;
  readonly panels: Readonly<Record<PanelName, boolean>>;
  /** Which panel lies over the canvas as a drawer, where the window is narrow. */
  readonly drawer: 'palette' | 'inspector' | null;
  readonly bottomTab: BottomTab;
  /** Whose code is shown. */
  readonly framework: Framework;
  /** Categories of the palette that show all their layers. */
  readonly openCategories: readonly Category[];
  /** Whether blocks show their output volume. */
  readonly pictures: boolean;
  /** Whether blocks show their layer's maps of a picture instead. Not remembered: it starts TensorFlow. */
  readonly maps: boolean;
  /** Whether the overview may be shown. */
  readonly minimap: boolean;
  readonly reveal: Reveal | null;
  /** What the wheel and dragging do on the canvas. */
  readonly pointer: PointerScheme;
  /** Whether blocks that are moved stop at the grid … */
  readonly snapToGrid: boolean;
  /** … and where they line up with others, shown by guides. */
  readonly guides: boolean;
  /** Shortcuts that were set otherwise than `defaultKeys` has them, by command. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
}

function browserLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-TW' : 'en';
}

/** Most Macs have a touchpad, or a mouse that scrolls both ways. */
function likelyPointer(): PointerScheme {
  return /mac/i.test(navigator.userAgent) ? 'touchpad' : 'mouse';
}

/** What is the same for all projects. Language and panels are remembered. */
const useScreen = create<ScreenState>()(
  persist(
    (): ScreenState => ({
      selectedEdges: new Set(),
      language: browserLanguage(),
      panels: { palette: true, inspector: true, bottom: true },
      drawer: null,
      bottomTab: 'train',
      framework: 'keras',
      openCategories: [],
      pictures: true,
      maps: false,
      minimap: true,
      reveal: null,
      pointer: likelyPointer(),
      snapToGrid: false,
      guides: true,
      keys: {},
    }),
    {
      name: 'convas-screen',
      version: 1,
      storage: createJSONStorage(() => localStorage),
      partialize: ({
        language,
        panels,
        bottomTab,
        framework,
        pictures,
        openCategories,
        pointer,
        snapToGrid,
        guides,
        keys,
        minimap,
      }) => ({
        language,
        panels,
        bottomTab,
        framework,
        pictures,
        openCategories,
        pointer,
        snapToGrid,
        guides,
        keys,
        minimap,
      }),
    },
  ),
);

type AppState = ScreenState & OfSession;

/** The last combination, so that the same two parts are the same state. */
let joined: {
  readonly screen: ScreenState;
  readonly session: DocumentSession;
  readonly state: AppState;
} | null = null;

function join(screen: ScreenState, session: DocumentSession): AppState {
  if (joined?.screen === screen && joined.session === session) return joined.state;
  const { selection, selectedBlock, view } = session;
  const state = { ...screen, selection, selectedBlock, view };
  joined = { screen, session, state };
  return state;
}

const getApp = () => join(useScreen.getState(), activeSession());

/** What is on the screen but not in the document: never undone. Selection and view are those of the active project. */
export const useApp = bound<
  AppState,
  Pick<StoreApi<AppState>, 'getState' | 'getInitialState' | 'subscribe'> & AppWriter
>({
  getState: getApp,
  getInitialState: () => join(useScreen.getInitialState(), activeSession()),
  subscribe(listener) {
    let last = getApp();
    const hear = () => {
      const [now, before] = [getApp(), last];
      last = now;
      if (now !== before) listener(now, before);
    };
    const stops = [useScreen.subscribe(hear), useTabs.subscribe(hear)];
    return () => {
      for (const stop of stops) stop();
    };
  },
  setState(change) {
    const given = typeof change === 'function' ? change(getApp()) : change;
    const { selection, selectedBlock, view, ...screen } = given;
    const own = {
      ...(selection === undefined ? {} : { selection }),
      ...(selectedBlock === undefined ? {} : { selectedBlock }),
      ...(view === undefined ? {} : { view }),
    };
    if (Object.keys(own).length > 0) changeActive(() => own);
    if (Object.keys(screen).length > 0) useScreen.setState(screen);
  },
});

interface AppWriter {
  setState(change: Partial<AppState> | ((state: AppState) => Partial<AppState>)): void;
}

const nothing: ReadonlySet<string> = new Set();

/** Selects these layers and no edges. */
export function select(ids: Iterable<string>): void {
  useApp.setState({ selection: new Set(ids), selectedEdges: nothing, selectedBlock: null });
}

export function selectEdges(ids: Iterable<string>): void {
  useApp.setState({ selectedEdges: new Set(ids) });
}

/** Brings layers into view. */
export function reveal(what: Reveal['what']): void {
  useApp.setState(({ reveal: last }) => ({ reveal: { what, count: (last?.count ?? 0) + 1 } }));
}

/** Selects a layer and brings it into view, as a click on one of its problems does. */
export function selectAndReveal(id: string): void {
  select([id]);
  reveal([id]);
}

export function setLanguage(language: Language): void {
  useApp.setState({ language });
}

export function togglePanel(name: PanelName): void {
  useApp.setState(({ panels }) => ({ panels: { ...panels, [name]: !panels[name] } }));
}

/** Opens the bottom panel at a tab. */
export function showTab(bottomTab: BottomTab): void {
  useApp.setState(({ panels }) => ({ bottomTab, panels: { ...panels, bottom: true } }));
}

export function setFramework(framework: Framework): void {
  useApp.setState({ framework });
}

export function openDrawer(drawer: AppState['drawer']): void {
  useApp.setState({ drawer });
}

export function togglePictures(): void {
  useApp.setState(({ pictures }) => ({ pictures: !pictures, maps: false }));
}

/** Shows each layer's maps on its block, which needs the room of the volumes. */
export function toggleMaps(): void {
  useApp.setState(({ pictures, maps }) => ({ maps: !maps, pictures: pictures || !maps }));
}

export function toggleMinimap(): void {
  useApp.setState(({ minimap }) => ({ minimap: !minimap }));
}

export function setPointer(pointer: PointerScheme): void {
  useApp.setState({ pointer });
}

export function toggleSnapping(what: 'snapToGrid' | 'guides'): void {
  useApp.setState((state) => ({ [what]: !state[what] }));
}

/** Shows all layers of a category of the palette, or the usual ones alone. */
export function toggleCategory(category: Category): void {
  useApp.setState(({ openCategories: open }) => ({
    openCategories: open.includes(category) ? open.filter((one) => one !== category) : [...open, category],
  }));
}
