internal import CEmbeddedModels

/// Two hundred short reviews with labels, written for this program: sample data for the Errors
/// screen.
public enum SampleReviews {
  /// The file's name when it is written.
  public static let fileName = "sample-reviews.csv"

  /// CSV with the columns `text` and `label` (`negative`, `positive`).
  public static var csv: [UInt8] {
    let file = unsafe embedded_sample()
    return unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.size))
  }
}
