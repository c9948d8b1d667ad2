/** How large a layer, and a collapsed block, is drawn; canvas pixels. */
export const layerBox = { width: 212, height: 142 } as const;
