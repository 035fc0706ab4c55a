/** The objects of generated scenes: their class names, and the emoji whose picture shows them. */
export const sceneClasses = [
  { name: "red apple", codePoint: "1f34e" },
  { name: "banana", codePoint: "1f34c" },
  { name: "dog face", codePoint: "1f436" },
  { name: "automobile", codePoint: "1f697" },
  { name: "bicycle", codePoint: "1f6b2" },
  { name: "soccer ball", codePoint: "26bd" },
  { name: "evergreen tree", codePoint: "1f332" },
  { name: "fish", codePoint: "1f41f" },
  { name: "butterfly", codePoint: "1f98b" },
  { name: "guitar", codePoint: "1f3b8" },
  { name: "alarm clock", codePoint: "23f0" },
  { name: "penguin", codePoint: "1f427" },
] as const;
