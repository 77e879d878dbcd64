internal import CEmbeddedModels

/// Two hundred short reviews with their labels that come with the program, written for it: what the screen of
/// errors shows to whoever has no data at hand.
public enum SampleReviews {
  /// What the file is called where it is written.
  public static let fileName = "sample-reviews.csv"

  /// CSV with the columns `text` and `label` (`negative`, `positive`).
  public static var csv: [UInt8] {
    let file = unsafe embedded_sample()
    return unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.size))
  }
}
