import Testing
import Tokenizers

private let words = [
  "xxunk", "xxpad", "xxbos", "xxeos", "xxfld", "xxrep", "xxwrep", "xxup", "xxmaj",
]
private let texts = [
  "", " ", "Not GREAT at all!!! so so so good<br />http://a.b/c", "naïve 👍🏽 \u{200B}e\u{301}x",
  "don't #hash a/b",
]

private func contents(_ trace: TokenizationTrace, _ name: String) -> TokenizationTrace.Content? {
  trace.steps.first { $0.name == name }?.content
}

@Test(arguments: texts)
func `the steps end in what is predicted with`(text: String) throws {
  let vocabulary = words + ["not", "great", "so", "good"]
  let tokenizers: [any Tokenizer] = [
    try FastaiWords(vocabulary: vocabulary),
    try FastaiWords(vocabulary: vocabulary, splitter: .singleSpaces, backwards: true),
    try Fastai1Words(vocabulary: vocabulary, rules: Fastai1TextRule.allCases),
    try FastaiWords(
      vocabulary: ["xxunk", "xxbos", "C"], rules: [], splitter: .own(Splitting("xxbos smiles"))),
  ]
  for tokenizer in tokenizers {
    let trace = tokenizer.trace(text)
    #expect(trace.encoding == tokenizer.encode(text))
    #expect(trace.encoding.text == text)
  }
}

@Test func `each of fastai's rules tells what it made of the text`() throws {
  let tokenizer = try FastaiWords(vocabulary: words + ["not", "bad"])
  let trace = tokenizer.trace("Not baaaad<br />AT all")
  #expect(trace.steps.map(\.name) == TextRule.allCases.map(\.rawValue) + ["spaCy words"])
  #expect(contents(trace, "fix_html") == .text("Not baaaad\nAT all"))
  #expect(contents(trace, "replace_rep") == .text("Not b xxrep 4 a d\nAT all"))
  guard case .text(let last) = contents(trace, "lowercase"),
    case .parts(let parts) = contents(trace, "spaCy words")
  else {
    Issue.record("the last rule gives a text, the splitter its words")
    return
  }
  #expect(last.hasPrefix("xxbos xxmaj not b xxrep 4 a d"))
  #expect(parts == trace.encoding.pieces.map(\.text))
}

@Test(arguments: ["wordpiece", "byte-level", "llama"], texts)
func `Hugging Face's four steps end in what is predicted with`(kind: String, text: String) throws {
  let tokenizer = try openTokenizer(kind)
  let trace = tokenizer.trace(text)
  #expect(trace.encoding == tokenizer.encode(text))
  #expect(
    trace.steps.map(\.name) == ["normalizer", "pre-tokenizer", "model", "post-processor"])
  #expect(contents(trace, "post-processor") == .parts(trace.encoding.pieces.map(\.text)))
}

@Test func `a normalizer, a pre-tokenizer and a model tell their part`() throws {
  let trace = try openTokenizer("wordpiece").trace("The Movie!")
  #expect(contents(trace, "normalizer") == .text("the movie!"))
  #expect(contents(trace, "pre-tokenizer") == .parts(["the", "movie", "!"]))
  #expect(contents(trace, "model") == .parts(["the", "movie", "!"]))
}
