import Explorer
import TerminalUI
import Workbench

/// A screen of a test: it counts how often its key is pressed, and keeps that for itself.
struct CounterScreen: ScreenLayer {
  static let screen = Screen(rawValue: 9)
  static let title = "Counter"
  static let summary = "how often + was pressed"
  static let bindings = [
    Binding([.char("+")], .counter, .move(.up), "count", hint: "count", rank: 1, name: "count")
  ]
  static let chains: [[Binding.Context]] = [[.counter, .commands, .screen, .always]]

  private var count = 0

  init() {}

  func contexts(_ state: State) -> [Binding.Context] { Self.chains[0] }

  mutating func move(_ movement: Movement, _ state: inout State, _ effects: inout [Effect]) {
    count += movement == .up ? 1 : -1
    state.say("counted")
  }

  func draw(_ state: State, on picture: inout Picture) {
    picture.frame.write("count \(count)", at: Position(column: 2, row: 2))
  }
}

extension Binding.Context {
  fileprivate static let counter = Self("On Counter")
}
