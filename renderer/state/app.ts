import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

import type { Framework } from '../../shared/codegen/code.ts';
import type { Language } from '../../shared/layers/params.ts';
import type { Category } from '../../shared/layers/spec.ts';

export type BottomTab = 'train' | 'problems' | 'analysis' | 'runs' | 'code' | 'digit' | 'results' | 'explain';
export type PanelName = 'palette' | 'inspector' | 'bottom';
/** `mouse`: the wheel zooms, dragging moves the view. `touchpad`: two fingers move the view, dragging selects. */
export type PointerScheme = 'mouse' | 'touchpad';

/** Where the view of the canvas stands, and how near. */
export interface ViewPlace {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** A wish to bring layers into view; `count` tells one wish from the next. */
interface Reveal {
  /** Some layers; all of them however small they get; the network from its start, large enough to be read; all
   * of them as near as they are now, or else from the start; as a zoom; or the view as it was left. */
  readonly what: readonly string[] | 'all' | 'start' | 'arranged' | 'closer' | 'farther' | ViewPlace;
  readonly count: number;
}

interface AppState {
  /** Ids of the selected layers, in no order. */
  readonly selection: ReadonlySet<string>;
  /** The expanded block that the selection means, where it was chosen as a whole. */
  readonly selectedBlock: string | null;
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
  readonly reveal: Reveal | null;
  /** Where the view stands now; null before the canvas is there. */
  readonly view: ViewPlace | null;
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

/** What is on the screen but not in the document: never undone. Language and panels are remembered. */
export const useApp = create<AppState>()(
  persist(
    (): AppState => ({
      selection: new Set(),
      selectedBlock: null,
      selectedEdges: new Set(),
      language: browserLanguage(),
      panels: { palette: true, inspector: true, bottom: true },
      drawer: null,
      bottomTab: 'train',
      framework: 'keras',
      openCategories: [],
      pictures: true,
      maps: false,
      reveal: null,
      view: null,
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
      }),
    },
  ),
);

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
