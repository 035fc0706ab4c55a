import {
  accuracyColumns,
  computedMultiplyAdds,
  computedParameters,
  count,
  epochs,
  model,
  multiplyAdds,
  note,
  otherPrecisions,
  parameters,
  percent,
  protocol,
  type ResultsColumn,
  type ResultsRow,
  resolution,
  source,
  text,
  time,
} from "./columns.js";

/** One table of the page: what its component draws, as it stands. */
export interface ResultsTable {
  readonly caption: string;
  /** What holds for every row: data, split, protocol. */
  readonly about: string;
  readonly columns: readonly ResultsColumn[];
  readonly rows: readonly ResultsRow[];
  /** What the table can be narrowed by: keys of its rows, whether or not they are columns. */
  readonly choices?: readonly { readonly key: string; readonly label: string }[];
  /** For a row's `id` and a column's key, what another source says of that cell. */
  readonly remarks?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const byFamily = { key: "family", label: "Family" } as const;
const byProtocol = { key: "protocol", label: "Protocol" } as const;

/**
 * How each table of the page is headed; rows come from data/reference, computed columns from `loadResults`. What
 * was scored stands right after the name, where a phone still shows it.
 */
export const layouts = {
  detection: {
    caption: "Detection on COCO",
    about: "RetinaNet, COCO test-dev. Protocol B: 350 epochs, ReLU. C: 500 epochs, swish, stochastic depth.",
    choices: [byFamily, byProtocol],
    columns: [
      model,
      percent("AP"),
      resolution,
      { ...multiplyAdds, decimals: [1, 1] },
      computedMultiplyAdds,
      { ...parameters, decimals: [1, 1] },
      computedParameters,
      ...otherPrecisions,
      protocol,
      source,
    ],
  },
  permuting: {
    caption: "From ResNet-50 to SpineNet-49, step by step",
    about: "RetinaNet at 640 pixels, COCO val2017, protocol A: 250 epochs, DropBlock.",
    columns: [
      model,
      percent("AP"),
      text("blockAdjustments", "Blocks adjusted"),
      { ...multiplyAdds, decimals: [1, 1] },
      computedMultiplyAdds,
      note,
      source,
    ],
  },
  fixedOrders: {
    caption: "Orders made by hand",
    about: "The blocks of R0-SP53 in a fixed order, connections searched. COCO val2017, protocol A.",
    columns: [text("order", "Order"), text("blocks", "Blocks"), percent("AP"), source],
  },
  graphDamage: {
    caption: "Edges taken away",
    about: "R0-SP53, COCO val2017, protocol A. Whether the damaged networks were trained again is not said.",
    columns: [text("damage", "Damage"), percent("AP"), source],
  },
  masks: {
    caption: "Instance segmentation on COCO",
    about: "Mask R-CNN.",
    choices: [byFamily, byProtocol, { key: "split", label: "Split" }],
    columns: [
      model,
      percent("boxAP", "Box AP"),
      percent("maskAP", "Mask AP"),
      resolution,
      { ...multiplyAdds, decimals: [1, 1] },
      { ...parameters, decimals: [1, 1] },
      text("split", "Split"),
      protocol,
      source,
    ],
  },
  classification: {
    caption: "Classification",
    about: "224 pixels, 200 epochs. ImageNet and iNaturalist 2017, validation images.",
    choices: [byFamily],
    columns: [...accuracyColumns, note, source],
  },
  improvedClassification: {
    caption: "Classification with stochastic depth, swish and label smoothing",
    about: "224 pixels. ImageNet and iNaturalist 2017, validation images.",
    columns: [...accuracyColumns, source],
  },
  crops: {
    caption: "iNaturalist, cropped to the boxes",
    about: "Crops of 1.5 times each box.",
    columns: [model, percent("top1", "Top-1"), percent("top5", "Top-5"), source],
  },
  classificationData: {
    caption: "What there is to tell apart in iNaturalist",
    about: "Images and classes, as the paper counts them.",
    columns: [
      text("data", "Data"),
      { ...count("trainingImages", "Training"), decimals: [0, 0] },
      { ...count("validationImages", "Validation"), decimals: [0, 0] },
      { ...count("classes", "Classes"), decimals: [0, 0] },
      source,
    ],
  },
  mobile: {
    caption: "Mobile detection on COCO",
    about: "COCO test-dev.",
    choices: [byFamily],
    columns: [
      model,
      percent("AP"),
      resolution,
      { ...multiplyAdds, decimals: [2, 2] },
      { ...computedMultiplyAdds, decimals: [2, 2] },
      { ...parameters, decimals: [2, 2] },
      { ...computedParameters, decimals: [2, 2] },
      percent("APS"),
      percent("APM"),
      percent("APL"),
      source,
    ],
  },
  latency: {
    caption: "Latency",
    about: "RetinaNet on one V100 with TensorRT, pre- and post-processing included.",
    columns: [
      model,
      percent("AP"),
      resolution,
      { ...time("latencyMs", "Latency"), decimals: [1, 1] },
      note,
      source,
    ],
  },
  zooRetinaNet: {
    caption: "RetinaNet in the authors' repository",
    about: "COCO val2017. Latency from inputs to raw outputs, without TensorRT.",
    choices: [{ key: "epochs", label: "Epochs" }],
    columns: [
      model,
      percent("AP"),
      resolution,
      epochs,
      multiplyAdds,
      parameters,
      time("latencyV100Ms", "V100"),
      time("latencyP100Ms", "P100"),
      source,
    ],
  },
  zooMaskRcnn: {
    caption: "Mask R-CNN in the authors' repository",
    about: "COCO val2017.",
    columns: [
      model,
      percent("boxAP", "Box AP"),
      percent("maskAP", "Mask AP"),
      resolution,
      epochs,
      multiplyAdds,
      parameters,
      source,
    ],
  },
  modelGarden: {
    caption: "The TensorFlow 2 Model Garden",
    about: "COCO val2017.",
    choices: [{ key: "detector", label: "Detector" }],
    columns: [
      model,
      percent("boxAP", "Box AP"),
      percent("maskAP", "Mask AP"),
      text("detector", "Detector"),
      resolution,
      epochs,
      multiplyAdds,
      parameters,
      note,
      source,
    ],
  },
  selfTraining: {
    caption: "Self-training",
    about: "COCO val2017, before and after self-training on unlabelled images.",
    columns: [model, percent("AP", "AP before"), percent("selfTrainingAP", "AP after"), note, source],
  },
  claims: {
    caption: "What is often quoted, and the numbers behind it",
    about: "Differences are the first number less the second.",
    columns: [
      text("claim", "Claim"),
      text("quantity", "Quantity"),
      model,
      { ...count("value", "Value"), decimals: [1, 1] },
      text("against", "Against"),
      { ...count("againstValue", "Value"), decimals: [1, 1] },
      { ...count("difference", "Difference"), decimals: [1, 1] },
      { ...count("differencePercent", "Difference", "percent"), decimals: [1, 1] },
      text("verdict", "Verdict"),
      source,
    ],
  },
  disagreements: {
    caption: "Two numbers for one thing",
    about: "Network, input, split and schedule are the same; the number is not.",
    choices: [{ key: "quantity", label: "Quantity" }],
    columns: [
      model,
      text("quantity", "Quantity"),
      { ...count("value", "One says"), decimals: [1, 2] },
      { ...count("otherValue", "Another says"), decimals: [1, 2] },
      { key: "difference", label: "Difference", origin: "computed", decimals: [1, 2] },
      { key: "counted", label: "Counted here", origin: "computed", decimals: [2, 2] },
      text("setting", "Of"),
      text("remark", "What to make of it"),
      { ...source, label: "The one" },
      text("otherSource", "The other"),
    ],
  },
  costs: {
    caption: "Published and computed costs",
    about:
      "Trainable parameters and multiply-adds of convolutions and linear layers, counted from the layer lists.",
    columns: [
      model,
      resolution,
      parameters,
      { ...computedParameters, decimals: [2, 2] },
      {
        key: "parametersDifference",
        label: "Difference",
        unit: "percent",
        origin: "computed",
        decimals: [1, 1],
      },
      multiplyAdds,
      { ...computedMultiplyAdds, decimals: [2, 2] },
      {
        key: "multiplyAddsDifference",
        label: "Difference",
        unit: "percent",
        origin: "computed",
        decimals: [1, 1],
      },
      source,
    ],
  },
} as const satisfies Record<string, Omit<ResultsTable, "rows">>;

export type ResultsTableName = keyof typeof layouts;
