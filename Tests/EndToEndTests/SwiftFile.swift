import Foundation

/// A file of Swift code, read by its layout: which members it declares, and which names it uses.
struct SwiftFile {
  /// A property, or a function with the first label of its parameters, empty where it has none.
  struct Member: Hashable {
    var name: Substring
    /// nil for a property, and for a function that is mentioned or called without parentheses.
    var label: Substring?
  }

  /// What is declared in a type or an extension, and can be used in other files.
  struct Declaration: Hashable {
    var type: Substring
    var member: Member
  }

  struct Use: Hashable {
    /// Whose member it is, where that can be seen: in `state.member`, `.act(.member)` and `Type.member`.
    var type: Substring?
    var member: Member
  }

  let path: String
  /// The types that are declared here.
  let types: Set<Substring>
  let declarations: [Declaration]
  /// All that has a name here, variables and parameters included.
  let names: Set<Member>
  let uses: Set<Use>

  init(_ path: String, in folder: URL) throws {
    self.init(path, text: try String(contentsOf: folder.appending(path: path), encoding: .utf8))
  }

  init(_ path: String, text: String) {
    self.path = path
    // without comments, and with empty literals
    let code =
      text
      .replacing(#/"(\\.|[^"\\\n])*"/#, with: "\"\"")
      .replacing(#/\/\/.*/#, with: "")
    types = Set(
      code.matches(of: #/\b(?:struct|enum|class|protocol|actor) (\w+)/#.wordBoundaryKind(.simple))
        .map(\.output.1))
    declarations = Self.declarations(in: code)
    names = Self.names(in: code)
    uses = Set(
      code.matches(of: #/(\w+\.|\.act\(\.|\.)?([A-Za-z]\w*)(\(\s*(?:(\w+):)?)?/#).map { use in
        Use(
          type: Self.type(of: use.output.1 ?? ""),
          member: Member(
            name: use.output.2, label: use.output.3 == nil ? nil : use.output.4 ?? ""))
      })
  }

  private static func type(of receiver: Substring) -> Substring? {
    switch receiver {
    case "state.": "State"
    case ".act(.": "Action"
    case "Self.": nil
    default: receiver.first?.isUppercase == true ? receiver.dropLast() : nil
    }
  }

  private static func declarations(in code: String) -> [Declaration] {
    let block =
      #/^(?:package |public )?(?:extension|struct) ([\w.\[\]]+).*\{\n((?:[^}\n].*\n|\n)*)\}/#
      .anchorsMatchLineEndings()
    let member =
      #/
      ^\ \ (?:(?:package|public|static|mutating|internal\(set\))\ )*
      (?:var|let|(func))\ (\w+)(?:<[^>]*>)?(?:\(\s*(\w+))?
      /#.anchorsMatchLineEndings()
    return code.matches(of: block).flatMap { block in
      block.output.2.matches(of: member).map { found in
        let label = found.output.3.flatMap { $0 == "_" ? nil : $0 } ?? ""
        return Declaration(
          type: block.output.1,
          member: Member(name: found.output.2, label: found.output.1 == nil ? nil : label))
      }
    }
  }

  private static func names(in code: String) -> Set<Member> {
    let functions = code.matches(of: #/\b(?:func|case) (\w+)(?:<[^>]*>)?(?:\(\s*(\w+))?/#)
    let single = code.matches(of: #/\b(?:var|let|for) (\w+)|(\w+):/#)
    let several = code.matches(
      of: #/\b(?:let|var|for|case \.\w+) ?\(([^)]*)\)|\{ ([\w, ]+) in\b/#)
    var names: Set<Member> = []
    for function in functions {
      for label in [nil, "", function.output.2] {
        names.insert(Member(name: function.output.1, label: label))
      }
    }
    let alone =
      single.map { $0.output.1 ?? $0.output.2 ?? "" }
      + several.flatMap {
        ($0.output.1 ?? $0.output.2 ?? "").split { !$0.isLetter && !$0.isNumber }
      }
    for name in alone { names.insert(Member(name: name, label: nil)) }
    return names
  }

  /// What files use of the properties and functions that a folder adds to types of others. Where
  /// it can't be seen whose member a name is, it counts if it means nothing else.
  static func uses(
    in others: [SwiftFile], of folder: [SwiftFile]
  ) -> [(path: String, member: Member)] {
    let types = folder.reduce(into: Set()) { $0.formUnion($1.types) }
    let declared = folder.flatMap(\.declarations).filter { !types.contains($0.type) }
    let names = others.reduce(into: Set()) { $0.formUnion($1.names) }
    let unique = Set(declared.flatMap { forms($0.member) }).subtracting(names)
    func members(_ declarations: [Declaration]) -> [Substring: Set<Member>] {
      Dictionary(declarations.map { ($0.type, Set(forms($0.member))) }) { $0.union($1) }
    }
    let (added, known) = (members(declared), members(others.flatMap(\.declarations)))
    return others.flatMap { file in
      file.uses.filter { use in
        guard let type = use.type else { return unique.contains(use.member) }
        return added[type]?.contains(use.member) == true
          && known[type]?.contains(use.member) != true
      }.map { (file.path, $0.member) }
    }
  }

  /// How it may be written: a function is called with its label, or with a closure alone.
  private static func forms(_ member: Member) -> [Member] {
    [member, Member(name: member.name, label: nil)]
  }
}
