/** One release of an npm package, and what its tarball's hash must be. */
export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity, as npm prints it. */
  readonly integrity: string;
}

/** One wheel of a Python package. */
export interface Wheel {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Libraries in it that TensorFlow opens by name. */
  readonly libraries?: readonly string[];
  /** sha256 of TensorFlow's libraries in it, by file name, so that a copy of them is known again. */
  readonly contents?: Readonly<Record<string, string>>;
}

/** Wheels as a person reads them: packages with their versions. */
export function releasesOf(wheels: readonly Wheel[]): string {
  return wheels.map(({ name, version }) => `${name} ${version}`).join(", ");
}

/** Everything that an install fetches. */
export interface Pins {
  /** The add-on's sources and JavaScript. */
  readonly tfjsNode: NpmPackage;
  /** What tfjs-node's JavaScript requires, apart from tfjs itself and node-pre-gyp. */
  readonly tfjsNodeModules: readonly NpmPackage[];
  /** Headers of Node-API, for a Node that came without its own. */
  readonly nodeApiHeaders: NpmPackage;
  /** By engine, then by Node's name of the platform. */
  readonly wheels: Readonly<Record<"native" | "gpu", Readonly<Record<string, readonly Wheel[]>>>>;
}

/** All of a TensorFlow release's wheels hold the same C library, whatever Python they are for. */
export const wheelPython = "311";

/**
 * NVIDIA's libraries in the versions that the `and-cuda` extra of that wheel starts from, and the libraries
 * of each that TensorFlow opens by name. The extra's compiler, nvidia-cuda-nvcc-cu12, serves XLA alone.
 */
const cudaWheels: readonly Wheel[] = [
  {
    name: "nvidia-cuda-runtime-cu12",
    version: "12.5.82",
    sha256: "3e79a060e126df40fd3a068f3f787eb000fa51b251ec6cd97d09579632687115",
    bytes: 895_707,
    libraries: ["libcudart.so.12"],
  },
  {
    name: "nvidia-nvjitlink-cu12",
    version: "12.5.82",
    sha256: "f9b37bc5c8cf7509665cb6ada5aaa0ce65618f2332b7d3e78e9790511f111212",
    bytes: 21_298_879,
    libraries: ["libnvJitLink.so.12"],
  },
  {
    name: "nvidia-cublas-cu12",
    version: "12.5.3.2",
    sha256: "ca070ad70e9fa6654084575d01bd001f30cc4665e33d4bb9fc8e0f321caa034b",
    bytes: 363_313_169,
    libraries: ["libcublasLt.so.12", "libcublas.so.12"],
  },
  {
    name: "nvidia-cufft-cu12",
    version: "11.2.3.61",
    sha256: "9a6e8df162585750f61983a638104a48c756aa13f9f48e19ab079b38e3c828b8",
    bytes: 192_524_114,
    libraries: ["libcufft.so.11"],
  },
  {
    name: "nvidia-curand-cu12",
    version: "10.3.6.82",
    sha256: "2823fb27de4e44dbb22394a6adf53aa6e1b013aca0f8c22867d1cfae58405536",
    bytes: 56_309_107,
    libraries: ["libcurand.so.10"],
  },
  {
    name: "nvidia-cusparse-cu12",
    version: "12.5.1.3",
    sha256: "016df8e993c437e8301e62739f01775cba988fd5253cd4c64173f8e8d2f8e752",
    bytes: 217_558_979,
    libraries: ["libcusparse.so.12"],
  },
  {
    name: "nvidia-cusolver-cu12",
    version: "11.6.3.83",
    sha256: "93cfafacde4428b71778eeb092ec615a02a3d05404da1bcf91c53e3fa1bce42b",
    bytes: 130_341_232,
    libraries: ["libcusolver.so.11"],
  },
  {
    name: "nvidia-cuda-cupti-cu12",
    version: "12.5.82",
    sha256: "bde77a5feb66752ec61db2adfe47f56b941842825b4c7e2068aff27c9d107953",
    bytes: 13_811_507,
    libraries: ["libcupti.so.12"],
  },
  {
    name: "nvidia-cuda-nvrtc-cu12",
    version: "12.5.82",
    sha256: "3dbd97b0104b4bfbc3c4f8c79cd2496307c89c43c29a9f83125f1d76296ff3fd",
    bytes: 24_873_108,
    libraries: ["libnvrtc.so.12"],
  },
  {
    name: "nvidia-cudnn-cu12",
    version: "9.3.0.75",
    sha256: "9ad9c6929ebb5295eb4a1728024666d1c88283373e265a0c5c883e6f9d5cd76d",
    bytes: 577_163_502,
    libraries: ["libcudnn.so.9"],
  },
  {
    name: "nvidia-nccl-cu12",
    version: "2.27.7",
    sha256: "de5ba5562f08029a19cb1cd659404b18411ed0d6c90ac5f52f30bf99ad5809aa",
    bytes: 322_546_339,
    libraries: ["libnccl.so.2"],
  },
];

/** tfjs-node's last release, and the TensorFlow that it is built against. */
export const pins: Pins = {
  tfjsNode: {
    name: "@tensorflow/tfjs-node",
    version: "4.22.0",
    integrity:
      "sha512-uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==",
  },
  tfjsNodeModules: [
    {
      name: "google-protobuf",
      version: "3.21.4",
      integrity:
        "sha512-MnG7N936zcKTco4Jd2PX2U96Kf9PxygAPKBug+74LHzmHXmceN16MmRcdgZv+DGef/S9YvQAfRsNCn4cjf9yyQ==",
    },
    {
      name: "progress",
      version: "2.0.3",
      integrity:
        "sha512-7PiHtLll5LdnKIMw100I+8xJXR5gW2QwWYkT6iJva0bXitZKa/XMrSbdmg3r2Xnaidz9Qumd0VPaMrZlF9V9sA==",
    },
  ],
  nodeApiHeaders: {
    name: "node-api-headers",
    version: "1.9.0",
    integrity:
      "sha512-2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==",
  },
  wheels: {
    native: {
      "linux-x64": [
        {
          name: "tensorflow-cpu",
          version: "2.21.0",
          sha256: "2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c",
          bytes: 273_829_956,
          contents: {
            "libtensorflow_cc.so.2": "6505a4b9657e62100c6bdacb683957a395cb047725042945aaa50e40a71e429e",
            "libtensorflow_framework.so.2":
              "f060b323b26ef80add21b9df9428de3aeaf2843d772c5bb098745f7abff3709b",
          },
        },
      ],
      "linux-arm64": [
        {
          name: "tensorflow",
          version: "2.21.0",
          sha256: "4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c",
          bytes: 281_828_020,
        },
      ],
    },
    gpu: {
      "linux-x64": [
        {
          name: "tensorflow",
          version: "2.21.0",
          sha256: "9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124",
          bytes: 572_440_367,
        },
        ...cudaWheels,
      ],
    },
  },
};
