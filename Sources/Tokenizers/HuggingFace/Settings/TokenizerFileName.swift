internal import Documents

extension TokenizerSettings {
  /// The version of transformers whose handling of folders is reproduced.
  static let version = [4, 57, 3]

  /// The folder's file that serves as `tokenizer.json`: `fast_tokenizer_files` lists files for
  /// versions of transformers; the highest version up to ours counts.
  ///
  /// Source: `get_fast_tokenizer_file` of transformers 4.57.3, tokenization_utils_base.py: versions
  /// are tried in string order, up to the first that is too high.
  var fileName: String {
    var name = "tokenizer.json"
    for (text, file) in versionedFiles.sorted(by: { $0.version < $1.version }) {
      guard let version = Self.release(text), !Self.version.lexicographicallyPrecedes(version)
      else {
        break
      }
      name = file
    }
    return name
  }

  /// `tokenizer.4.0.0.json`; plain names only, so that a setting cannot read other folders.
  private var versionedFiles: [(version: String, file: String)] {
    let (start, end) = ("tokenizer.", ".json")
    return names(in: "fast_tokenizer_files").compactMap { file in
      guard file.hasPrefix(start), file.hasSuffix(end), file.utf8.count > start.count + end.count,
        !file.contains(where: { "/\\\0".contains($0) })
      else { return nil }
      return (String(file.dropFirst(start.count).dropLast(end.count)), file)
    }
  }

  /// The numbers of `4.0.0`, without trailing zeros; nil if it is not a version. A suffix such as
  /// `rc1` is ignored.
  private static func release(_ text: String) -> [Int]? {
    let digits = text.drop { $0 == "v" }.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    var numbers: [Int] = []
    for part in digits.split(separator: ".") {
      guard let number = Int(part) else { return nil }
      numbers.append(number)
    }
    while numbers.last == 0 { numbers.removeLast() }
    return digits.isEmpty ? nil : numbers
  }
}
