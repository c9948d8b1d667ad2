/** How large a layer, and a collapsed block, is drawn; canvas pixels. */
export const layerBox = { width: 176, height: 112 } as const;
