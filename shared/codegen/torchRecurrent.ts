import type { Helper } from './python.ts';

const constructor = (name: string, words: string) => `class ${name}(nn.Module):
    """${words}"""

    def __init__(
        self, kernel, recurrent, activation, gate, sequences=False, backwards=False
    ):
        super().__init__()
        self.kernel, self.recurrent = kernel, recurrent
        self.activation, self.gate = activation, gate
        self.sequences, self.backwards = sequences, backwards
`;

/** Of `[batch, steps, features]`, or of `[batch, channels, steps, height, width]`. */
const loop = `    def forward(self, x):
        axis = 1 if x.ndim == 3 else 2
        steps = x.unbind(axis)
        state, outputs = None, []
        for step in reversed(steps) if self.backwards else steps:
            state = self.step(self.kernel(step), state)
            outputs.append(state[0])
        return torch.stack(outputs, axis) if self.sequences else outputs[-1]`;

export const torchLstm: Helper = {
  name: 'LSTM',
  code: `${constructor('LSTM', 'Gates, activations and weights as Keras has them: PyTorch has two biases.')}
    def step(self, z, state):
        h, c = state or (z.new_zeros(()),) * 2
        if state is not None:
            z = z + self.recurrent(h)
        i, f, new, o = z.chunk(4, dim=1)
        c = self.gate(f) * c + self.gate(i) * self.activation(new)
        return self.gate(o) * self.activation(c), c

${loop}`,
};

export const torchGru: Helper = {
  name: 'GRU',
  code: `${constructor('GRU', 'The first form, whose reset gate comes before the weights: PyTorch has the second.')}
    def step(self, z, state):
        (h,) = state or (z.new_zeros(len(z), z.shape[1] // 3),)
        gates, new = z.split([h.shape[1] * 2, h.shape[1]], dim=1)
        first, last = self.recurrent.weight.split([h.shape[1] * 2, h.shape[1]])
        update, reset = map(self.gate, (gates + F.linear(h, first)).chunk(2, dim=1))
        new = self.activation(new + F.linear(reset * h, last))
        return (update * h + (1 - update) * new,)

${loop}`,
};

export const torchSimpleRnn: Helper = {
  name: 'SimpleRNN',
  code: `${constructor('SimpleRNN', 'With one bias, and any activation.')
    .replace(
      `    def __init__(
        self, kernel, recurrent, activation, gate, sequences=False, backwards=False
    ):`,
      `    def __init__(self, kernel, recurrent, activation, sequences=False, backwards=False):`,
    )
    .replace(
      `        self.activation, self.gate = activation, gate
`,
      `        self.activation = activation
`,
    )}
    def step(self, z, state):
        return (self.activation(z if state is None else z + self.recurrent(state[0])),)

${loop}`,
};
