import {
  formatProperties,
  parseProperties,
  type Property,
} from "./kafka-properties";

const pieces = [
  "\\",
  "'",
  '"',
  "\n",
  "\r",
  "\t",
  "\f",
  " ",
  "=",
  ":",
  "#",
  "!",
  "a",
  "n",
  "u0041",
  "ä",
  ";",
  "\u{1F418}",
];

test("properties survive being written and read", () => {
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const text = (least: number) =>
    Array.from(
      { length: least + Math.floor(random() * 8) },
      () => pieces[Math.floor(random() * pieces.length)]!,
    ).join("");
  for (let round = 0; round < 3000; round++) {
    const properties: Property[] = [
      [text(1), text(0)],
      [text(1), text(0)],
    ];
    expect(parseProperties(formatProperties(properties))).toEqual(properties);
  }
});

test("what people write by hand is read, too", () => {
  const text = [
    "# a comment",
    "",
    "  security.protocol = SASL_SSL",
    "sasl.mechanism:PLAIN",
    "sasl.jaas.config=org.apache.kafka.X required \\",
    '    username="a";',
    "********",
  ].join("\r\n");
  expect(parseProperties(text)).toEqual([
    ["security.protocol", "SASL_SSL"],
    ["sasl.mechanism", "PLAIN"],
    ["sasl.jaas.config", 'org.apache.kafka.X required username="a";'],
  ]);
});
