import type { Helper } from './python.ts';

export const torchGaussianNoise: Helper = {
  name: 'GaussianNoise',
  code: `class GaussianNoise(nn.Module):
    """Adds noise while training."""

    def __init__(self, stddev):
        super().__init__()
        self.stddev = stddev

    def forward(self, x):
        return x + self.stddev * torch.randn_like(x) if self.training else x`,
};

export const torchGaussianDropout: Helper = {
  name: 'GaussianDropout',
  code: `class GaussianDropout(nn.Module):
    """Multiplies by noise around 1 while training."""

    def __init__(self, rate):
        super().__init__()
        self.stddev = (rate / (1 - rate)) ** 0.5

    def forward(self, x):
        return x * (1 + self.stddev * torch.randn_like(x)) if self.training else x`,
};
