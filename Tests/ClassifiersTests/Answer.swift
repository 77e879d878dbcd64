import Classifiers
import Foundation
import TestSupport
import Testing
import Tokenizers

/// What a model said of a text where it was made.
struct Answer: Decodable {
  var text: String
  var ids: [Int]
  var probabilities: [Float]
}

/// What is asked for is 1e-4; single precision gives this.
func expectAnswers(of model: Model, at url: URL, within tolerance: Float = 1e-5) throws {
  let answers = try JSONDecoder().decode([Answer].self, from: try Data(contentsOf: url))
  #expect(answers.count >= 8)
  var largest: Float = 0
  for answer in answers {
    let prediction = try model.predict(answer.text)
    #expect(prediction.encoding.ids == answer.ids, "\(answer.text)")
    let difference = largestDifference(prediction.probabilities, answer.probabilities)
    #expect(difference < tolerance, "\(answer.text)")
    largest = max(largest, difference)
  }
  print("\(url.lastPathComponent): largest difference \(largest)")
}
