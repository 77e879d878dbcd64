/// The log of what happened since the start, and what it cost.
struct Journal: Sendable, Equatable {
  enum Kind: String, Sendable { case model, predict, explain, measure, note, problem }

  struct Entry: Sendable, Equatable {
    /// The time since the start.
    var seconds: Double
    var time: TimeOfDay
    var kind: Kind
    var text: String
  }

  static let mostEntries = 1000
  /// The number of latest frames and keys that the median is taken of.
  static let window = 200

  private(set) var entries: [Entry] = []
  private(set) var frameCount = 0
  private(set) var byteCount = 0
  private(set) var largestFrame = 0
  private var frames: [Int] = []
  private var keys: [KeyTiming.Milestone: [Double]] = [:]
  /// The number of older entries that were dropped.
  private(set) var droppedCount = 0

  mutating func add(_ kind: Kind, _ text: String, at seconds: Double, _ time: TimeOfDay) {
    entries.append(Entry(seconds: seconds, time: time, kind: kind, text: text))
    guard entries.count > Self.mostEntries else { return }
    let surplus = entries.count - Self.mostEntries
    entries.removeFirst(surplus)
    droppedCount += surplus
  }

  mutating func drew(bytes: Int, timings: [KeyTiming]) {
    for timing in timings {
      keys[timing.milestone, default: []].append(timing.seconds)
      if keys[timing.milestone, default: []].count > Self.window {
        keys[timing.milestone]?.removeFirst()
      }
    }
    guard bytes > 0 else { return }
    frameCount += 1
    byteCount += bytes
    largestFrame = max(largestFrame, bytes)
    frames.append(bytes)
    if frames.count > Self.window { frames.removeFirst() }
  }

  var medianFrame: Int? { frames.isEmpty ? nil : frames.sorted()[frames.count / 2] }

  /// The median and the largest of the latest times from a key to what it shows.
  func times(to milestone: KeyTiming.Milestone) -> (median: Double, largest: Double)? {
    guard let sorted = keys[milestone]?.sorted(), let largest = sorted.last else { return nil }
    return (sorted[sorted.count / 2], largest)
  }
}

/// The time from a key to something that it shows on the screen.
public struct KeyTiming: Sendable, Equatable {
  public enum Milestone: String, Sendable, CaseIterable { case echo, prediction, heatmap }

  public var milestone: Milestone
  public var seconds: Double

  public init(_ milestone: Milestone, seconds: Double) {
    self.milestone = milestone
    self.seconds = seconds
  }
}
