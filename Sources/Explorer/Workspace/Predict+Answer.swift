internal import Attribution
internal import Classifiers
internal import Reports
internal import Tokenizers
package import Workbench

extension Predict: AskedQuestion {
  package func receive(
    _ answer: Answer, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    let answer = PredictionAnswer(
      edition: state.document.edition, prediction: answer.prediction, whole: answer.whole,
      windows: answer.windows, seconds: answer.seconds)
    switch seat {
    case .other:
      state.secondModel?.prediction = answer
      state.secondModel?.problem = nil
    case .main:
      let count = Numerals.grouped(answer.prediction.encoding.pieces.count)
      let time = Numerals.duration(seconds: answer.seconds)
      state.add(.predict, "text \(answer.edition): \(count) tokens in \(time)")
      state.predictions.receive(answer, isBlank: state.document.isBlank)
    }
  }

  package func receive(_ failure: NoAnswer, _ state: inout State, _ effects: inout [Effect]) {
    state.add(.problem, "text \(state.document.edition): \(failure.reason)")
    switch seat {
    case .main: state.predictions.problem = failure.reason
    case .other: state.secondModel?.problem = failure.reason
    }
  }
}
