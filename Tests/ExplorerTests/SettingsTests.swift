import Attribution
import Explorer
import TerminalUI
import TestSupport
import Testing
import Workbench

extension Stage {
  fileprivate var jobs: [Explain] { asked(Explain.self) }
}

private func explained() -> Stage {
  var stage = Stage("a brilliant film", summary: Lexicon.comparable)
  stage.answer()
  stage.press(.escape)
  stage.forgetLog()
  return stage
}

@Test func `N sets the number of samples, and the explanation is computed anew`() {
  var stage = explained()
  stage.type("N")
  #expect(stage.screen.contains("How explanations are computed"))
  #expect(snapshotProblem(stage.state.picture.frame, "settings-120x36") == nil)
  stage.type("samples 512")
  stage.press(.enter)
  #expect(stage.state.settings.options.samples == 512)
  #expect(stage.jobs.last?.options.samples == 512)
  stage.answer()
  #expect(stage.screen.contains("samples: 512"))
  #expect(stage.screen.contains("set: samples 512"))
  #expect(stage.state.shellCommand?.contains("--samples 512") == true)
}

@Test func `a line of the list waits for its value, Tab completes, a name alone is the default`() {
  var stage = explained()
  stage.type("N")
  stage.press(.down)
  stage.press(.down)
  stage.press(.enter)
  #expect(stage.screen.contains("set: steps"))
  stage.type("64")
  stage.press(.enter)
  #expect(stage.state.settings.options.steps == 64)
  stage.type("N")
  stage.type("ste")
  stage.press(.tab)
  #expect(stage.screen.contains("set: steps"))
  stage.press(.enter)
  #expect(stage.state.settings.options.steps == nil)
  #expect(stage.screen.contains("steps: default"))
}

@Test(arguments: [
  ("samples 512", "samples"), ("set seed 7", "seed"), ("--baseline mask", "baseline"),
  ("group=word", "group"),
])
func `the palette takes a setting as a command`(typed: String, name: String) throws {
  var stage = explained()
  stage.type(":")
  stage.type(typed)
  stage.press(.enter)
  let setting = try #require(ExplainerCatalog.settings.first { $0.name == name })
  #expect(setting.value(in: stage.state.settings.options) != nil)
  #expect(stage.jobs.last?.options == stage.state.settings.options)
}

@Test(arguments: [
  ("samples 0", "samples can't be \"0\": it is a whole number from 1 to 100000000"),
  ("samples x", "samples can't be \"x\""), ("seed -1", "seed can't be \"-1\""),
  ("baseline red", "zero, pad, mask or unk"), ("group 3", "token, word, phrase"),
  ("noise nan", "a number of 0 or more"), ("colour 3", "expected a name and a value"),
])
func `an invalid value is refused with the valid ones`(typed: String, words: String) {
  var stage = explained()
  stage.type("N")
  stage.type(typed)
  stage.press(.enter)
  let text = stage.screen.split(separator: "\n").joined(separator: " ")
    .split(separator: " ").joined(separator: " ")
  #expect(text.contains(words) || stage.screen.contains(words), "\(stage.screen)")
  #expect(stage.state.settings.options == ExplainerOptions() && stage.jobs.isEmpty)
  // It is still there to be corrected.
  #expect(stage.screen.contains(typed))
  stage.press(.escape)
  #expect(!stage.screen.contains("How explanations"))
}

@Test func `settings are saved with the session, and invalid ones are dropped`() {
  var stage = explained()
  for typed in ["samples 512", "group word"] {
    stage.type("N")
    stage.type(typed)
    stage.press(.enter)
  }
  #expect(stage.state.session.settings == ["samples 512", "group word"])
  var session = stage.state.session
  session.settings?.append("steps 0")
  session.settings?.append("nonsense")
  let next = Stage(session: session, summary: Lexicon.comparable)
  #expect(next.state.settings.options == stage.state.settings.options)
}

@Test func `every setting has a description and accepts every value that it shows`() throws {
  for setting in ExplainerCatalog.settings {
    #expect(setting.summary.count <= 56 && !setting.allowed.isEmpty)
    let word = setting.allowed.split(whereSeparator: { ", ".contains($0) }).first.map(String.init)
    let value = setting.allowed.contains("number") ? "1" : word ?? ""
    var options = ExplainerOptions()
    try setting.set(value, in: &options)
    #expect(setting.value(in: options).flatMap(Float.init) ?? 1 == 1)
    #expect(setting.value(in: options) != nil, "\(setting.name)")
    try setting.set(nil, in: &options)
    #expect(options == ExplainerOptions())
  }
}

/// An explainer with its own setting brings it to the prompt and the palette.
@Test func `the prompt lists the settings of the model's explainers`() throws {
  let depth = ExplainerSetting(
    "depth", .whole(1...9), summary: "equal shares: how deep", help: "How deep.")
  var summary = Lexicon.comparable
  var card = try #require(summary.methods.first).card
  (card.name, card.options) = ("equal-shares", [depth])
  summary.methods.append(.init(card: card))
  var stage = Stage("a brilliant film", summary: summary)
  stage.answer()
  stage.press(.escape)
  stage.type("N")
  stage.type("depth")
  #expect(stage.screen.contains("equal shares: how deep"))
  stage.type(" 10")
  stage.press(.enter)
  #expect(stage.screen.contains("it is a whole number from 1 to 9"))
  stage.press(.backspace)
  stage.press(.enter)
  #expect(depth.value(in: stage.state.settings.options) == "1")
  #expect(stage.state.session.settings == ["depth 1"])
  stage.type(":")
  stage.type("set depth")
  #expect(stage.screen.contains("equal shares: how deep: 1"))
}
