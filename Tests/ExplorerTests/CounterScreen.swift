import Explorer
import TerminalUI
import Tokenizers
import Workbench

/// A screen for tests. It counts presses of its key and clicks on its sign, has the letters of the
/// text counted in the background, and stores both numbers.
struct CounterScreen: ScreenLayer {
  static let screen = Screen(rawValue: 9)
  static let title = "Counter"
  static let summary = "how often + was pressed"
  static let bindings = [
    Binding([.char("+")], .counter, .move(.up), "count", hint: "count", rank: 1, name: "count"),
    Binding([.char("M")], .counter, .act(.openModel(for: .counting)), "a model that counts"),
  ]
  static let chains: [[Binding.Context]] = [[.counter, .commands, .screen, .always]]

  private var count = 0
  /// The number of letters; nil until they are counted.
  fileprivate var letters: Int?

  init() {}

  static func contexts(_ state: State) -> [Binding.Context] { Self.chains[0] }

  static func move(_ movement: Movement, _ state: inout State, _ effects: inout [Effect]) {
    state[Self.self].count += movement == .up ? 1 : -1
    state.say("counted")
  }

  static func press(
    _ target: Picture.Target, at position: Position, in picture: Picture, _ state: inout State
  ) {
    if target.own(CounterTarget.self) == .sign { state[Self.self].count += 10 }
  }

  static func follow(_ change: Change, _ state: inout State) {
    if case .text = change { state[Self.self].letters = nil }
  }

  static func askOwnQuestions(_ state: inout State, _ effects: inout [Effect]) {
    let question = CountLetters(text: state.document.texts.text)
    guard state.screen == screen, state[Self.self].letters == nil,
      !state.asked.isOpen(question.lane)
    else { return }
    state.ask(question, &effects)
  }

  static func draw(_ state: State, on picture: inout Picture) {
    let (own, layout) = (state[Self.self], CounterLayout(state))
    let letters = own.letters.map { ", \($0) letters" } ?? ""
    picture.frame.write("count \(own.count)\(letters)", at: layout.sign.origin)
    picture.mark(layout.sign, as: .own(OwnTarget(CounterTarget.sign)))
  }
}

/// The positions of its parts.
private struct CounterLayout {
  let sign: Rect

  init(_ state: State) {
    let body = Layout(state).body
    sign = Rect(
      column: body.origin.column + 2, row: body.origin.row + 1, columns: body.size.columns - 4,
      rows: 1)
  }
}

private enum CounterTarget: ScreenTarget { case sign }

/// Its question.
struct CountLetters: AskedQuestion {
  var text: String
  var lane: Lane { Lane("test: letters of the text") }

  func answer(_ lab: Lab, progress: @escaping Progress<Int>) throws -> Int {
    text.count { $0.isLetter }
  }

  func receive(
    _ answer: Int, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) { state[CounterScreen.self].letters = answer }
}

extension Binding.Context {
  fileprivate static let counter = Self("On Counter")
}

extension ModelUse {
  static let counting = ModelUse(
    title: "A model that counts", open: { argument, state, _ in state.say("\(argument) counts") })
}
