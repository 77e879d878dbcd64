/// A folder of the program below one of the user's base folders (XDG Base Directory Specification).
package enum UserFolder {
  /// - Parameters:
  ///   - variable: the variable of the environment that names the base folder. Only an absolute path
  ///     counts.
  ///   - standard: the base folder below the user's home if the variable does not name one.
  /// - Returns: nil if there is no home folder.
  package static func path(
    _ variable: String, below standard: String, environment: [String: String]
  ) -> String? {
    if let base = environment[variable], base.hasPrefix("/") { return base + "/whylight" }
    if let home = environment["HOME"], home.hasPrefix("/") {
      return "\(home)/\(standard)/whylight"
    }
    return nil
  }
}
