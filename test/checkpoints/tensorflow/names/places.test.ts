import { describe, expect, it } from "vitest";
import {
  modelGardenPlace,
  rankBlocks,
} from "../../../../src/checkpoints/tensorflow/names/modelGardenNames.js";
import { tf1Place } from "../../../../src/checkpoints/tensorflow/names/tf1Names.js";

describe("a variable of the authors' TF1 code", () => {
  it.each([
    ["spinenet/conv2d/kernel", "backbone/conv", 0, "kernel"],
    ["spinenet/batch_normalization_12/moving_variance", "backbone/norm", 12, "variance"],
    [
      "spinenet/sub_policy2/resample_with_alpha_resample_2_1/conv2d_1/kernel",
      "permuted2/parent1/conv",
      1,
      "kernel",
    ],
    [
      "spinenet/sub_policy14/scale_permuted_block_16/batch_normalization_2/gamma",
      "permuted14/norm",
      2,
      "gamma",
    ],
    [
      "spinenet_mbconv/sub_policy0/resample_with_sepconv_resample_0_0/depthwise_conv2d/depthwise_kernel",
      "permuted0/parent0/conv/depthwise",
      0,
      "kernel",
    ],
    ["resnet50/conv2d_52/kernel", "backbone/conv", 52, "kernel"],
    ["fpn/l3/bias", "pyramid/lateral3", 0, "bias"],
    ["fpn/post_hoc_d4/kernel", "pyramid/output4", 0, "kernel"],
    ["fpn/p7/kernel", "pyramid/coarser7", 0, "kernel"],
    ["fpn/p5-bn/moving_mean", "pyramid/norm5", 0, "mean"],
    ["retinanet/class_net/class-0/kernel", "head/class/0", 0, "kernel"],
    ["retinanet/class_net/class-0/pointwise_kernel", "head/class/0", 0, "kernel"],
    ["retinanet/class_net/class-0/depthwise_kernel", "head/class/0/depthwise", 0, "kernel"],
    ["retinanet/box_net/box-3-7/beta", "head/box/3/level7", 0, "beta"],
    ["retinanet/box_net/box-predict/bias", "head/box/predict", 0, "bias"],
    ["classification_head/dense/kernel", "head/logits", 0, "kernel"],
  ] as const)("%s belongs to %s", (name, group, number, role) => {
    expect(tf1Place(name)).toEqual({ group, number, role });
  });

  it.each([
    "global_step",
    "rpn_head/rpn/kernel",
    "mask_head/mask-conv-l0/kernel",
    "spinenet/conv2d/kernel/Momentum",
  ])("%s belongs to none of our networks", (name) => {
    expect(tf1Place(name)).toBeNull();
  });
});

describe("a variable of the Model Garden", () => {
  it.each([
    ["conv2d_212/kernel", "backbone/conv", 212, "kernel"],
    ["sync_batch_normalization_3/moving_mean", "backbone/norm", 3, "mean"],
    ["depthwise_conv2d_27/depthwise_kernel", "backbone/conv/depthwise", 27, "kernel"],
    ["bottleneck_block/conv2d_3/kernel", "bottleneck#0/conv", 3, "kernel"],
    ["residual_block_8/batch_normalization_1/gamma", "residual#8/norm", 1, "gamma"],
    ["inverted_bottleneck_block_19/squeeze_excitation/conv2d_2/bias", "mbconv#19/squeeze/conv", 2, "bias"],
    ["lateral_5/kernel", "pyramid/lateral5", 0, "kernel"],
    ["post_hoc_3/bias", "pyramid/output3", 0, "bias"],
    ["norm_7/gamma", "pyramid/norm7", 0, "gamma"],
    ["retina_net_model_5/retina_net_head_5/scores/kernel", "head/class/predict", 0, "kernel"],
    ["retina_net_head/classnet-conv-norm_3_1/beta", "head/class/1/level3", 0, "beta"],
    ["retina_net_head/boxnet-conv_2/pointwise_kernel:0", "head/box/2", 0, "kernel"],
    ["dense_4/kernel", "head/logits", 0, "kernel"],
  ] as const)("%s belongs to %s", (name, group, number, role) => {
    expect(modelGardenPlace(name)).toEqual({ group, number, role });
  });

  it.each(["iter", "", "conv2d", "conv2d/momentum", "mask_head/conv2d/kernel"])(
    "%s belongs to none of our networks",
    (name) => {
      expect(modelGardenPlace(name)).toBeNull();
    },
  );

  it("is in a block whose number counts from the first of its kind, whatever was built before", () => {
    const names = [
      "bottleneck_block_60/conv2d/kernel",
      "residual_block_8/conv2d/kernel",
      "bottleneck_block_63/conv2d/kernel",
      "iter",
    ];
    expect(rankBlocks(names.map(modelGardenPlace)).map((place) => place?.group)).toEqual([
      "bottleneck0/conv",
      "residual0/conv",
      "bottleneck1/conv",
      undefined,
    ]);
  });
});
