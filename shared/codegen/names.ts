/** Words that no variable may be, and names that the code itself uses. */
const taken = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global ' +
    'if import in is lambda nonlocal not or pass raise return try while with yield ' +
    'F inputs keras layer layers math model nn np path print self super torch x zip'
  ).split(' '),
);

/** What a module of PyTorch has already. */
export const moduleAttributes: readonly string[] = (
  'T_destination add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches eval ' +
  'extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict modules ' +
  'mtia named_buffers named_children named_modules named_parameters parameters register_backward_hook register_buffer ' +
  'register_forward_hook register_forward_pre_hook register_full_backward_hook register_full_backward_pre_hook ' +
  'register_load_state_dict_post_hook register_load_state_dict_pre_hook register_module register_parameter ' +
  'register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ set_extra_state set_submodule ' +
  'share_memory state_dict to to_empty train training type xpu zero_grad'
).split(' ');

/**
 * Names for the layers of a network, by id, that Python takes for variables: no two alike, none of the code's own or of
 * those that are reserved.
 */
export function variableNames(
  ids: readonly string[],
  reserved: Iterable<string> = [],
): ReadonlyMap<string, string> {
  const used = new Set([...taken, ...reserved]);
  const isPlain = (id: string) => !used.has(id) && !id.includes('-');
  // Ids that are names already keep them.
  const [plain, others] = [ids.filter(isPlain), ids.filter((id) => !isPlain(id))];
  for (const id of plain) used.add(id);
  const names = new Map(plain.map((id) => [id, id]));
  for (const id of others) names.set(id, unusedName(id.replaceAll('-', '_'), used));
  return names;
}

/** A name such as this one that is not used yet; takes it. */
export function unusedName(wanted: string, used: Set<string>): string {
  let name = wanted;
  for (let number = 2; used.has(name); number += 1) name = `${wanted}_${String(number)}`;
  used.add(name);
  return name;
}

/** A class name from what people call the network: `LeNet-5` → `LeNet5`; `Network` where nothing of it can stand there. */
export function className(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined = words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('');
  return /^[A-Za-z]/.test(joined) ? joined.slice(0, 64) : 'Network';
}
