// What the set-up installs, pinned: TensorFlow as the wheels of its Python package carry it. The wheels' other contents
// (Python code, most headers) stay packed.

/** The version of TensorFlow to set up. */
export const tensorflowVersion = '2.21.0';

/** The Python whose wheels are taken: the library inside is the same for all. No Python code of theirs runs. */
export const wheelPython = '3.12';

/** The oldest GNU C library that the wheels for Linux run on. */
export const oldestGlibc = '2.27';

/**
 * @typedef {object} Wheel
 * @property {string} requirement as pip writes it
 * @property {number} bytes
 * @property {string} sha256
 */

/**
 * One build of TensorFlow: the wheels that carry it and the names of its libraries in them.
 *
 * @typedef {object} Build
 * @property {string[]} platforms the wheels' platform tags
 * @property {Wheel[]} wheels TensorFlow first
 * @property {string[]} libraries
 */

const linux = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/**
 * By `<platform>-<arch>`, with `-gpu` for the build for CUDA. Windows is not here: the wheel's library is a part of
 * Python there (it imports `python312.dll`), so Windows takes the download of `tfjs-node-gpu` itself.
 *
 * @type {Record<string, Build>}
 */
export const builds = {
  'linux-x64': {
    platforms: ['manylinux_2_27_x86_64'],
    wheels: [
      {
        requirement: 'tensorflow-cpu==2.21.0',
        bytes: 274_000_871,
        sha256: 'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
      },
    ],
    libraries: linux,
  },
  'linux-arm64': {
    platforms: ['manylinux_2_27_aarch64'],
    wheels: [
      {
        requirement: 'tensorflow==2.21.0',
        bytes: 281_946_471,
        sha256: 'b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552',
      },
    ],
    libraries: linux,
  },
  'darwin-arm64': {
    platforms: ['macosx_12_0_arm64'],
    wheels: [
      {
        requirement: 'tensorflow==2.21.0',
        bytes: 223_488_205,
        sha256: '56ecd7d47429acbe1df2694d50b75bf9fc3995ac92cb367cd9af6c4780ead712',
      },
    ],
    libraries: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
  },
  // The CUDA build with the libraries that its `and-cuda` extra names.
  'linux-x64-gpu': {
    platforms: [
      'manylinux_2_27_x86_64',
      'manylinux_2_25_x86_64',
      'manylinux2014_x86_64',
      'manylinux2010_x86_64',
    ],
    wheels: [
      {
        requirement: 'tensorflow==2.21.0',
        bytes: 572_611_111,
        sha256: 'b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0',
      },
      {
        requirement: 'nvidia-cublas-cu12==12.9.3.13',
        bytes: 581_217_458,
        sha256: 'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
      },
      {
        requirement: 'nvidia-cuda-cupti-cu12==12.9.79',
        bytes: 10_814_997,
        sha256: '096bcf334f13e1984ba36685ad4c1d6347db214de03dbb6eebb237b41d9d934f',
      },
      {
        requirement: 'nvidia-cuda-nvcc-cu12==12.9.86',
        bytes: 40_546_229,
        sha256: '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0',
      },
      {
        requirement: 'nvidia-cuda-nvrtc-cu12==12.9.86',
        bytes: 89_568_129,
        sha256: '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
      },
      {
        requirement: 'nvidia-cuda-runtime-cu12==12.9.79',
        bytes: 3_493_179,
        sha256: '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
      },
      {
        requirement: 'nvidia-cudnn-cu12==9.28.0.42',
        bytes: 716_538_495,
        sha256: '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
      },
      {
        requirement: 'nvidia-cufft-cu12==11.4.1.4',
        bytes: 200_877_592,
        sha256: 'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
      },
      {
        requirement: 'nvidia-curand-cu12==10.3.10.19',
        bytes: 68_295_626,
        sha256: '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e',
      },
      {
        requirement: 'nvidia-cusolver-cu12==11.7.5.82',
        bytes: 338_117_415,
        sha256: '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
      },
      {
        requirement: 'nvidia-cusparse-cu12==12.5.10.65',
        bytes: 366_465_088,
        sha256: '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
      },
      {
        requirement: 'nvidia-nccl-cu12==2.32.3',
        bytes: 351_526_311,
        sha256: 'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c',
      },
      {
        requirement: 'nvidia-nvjitlink-cu12==12.9.86',
        bytes: 39_748_338,
        sha256: 'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
      },
    ],
    libraries: linux,
  },
};
