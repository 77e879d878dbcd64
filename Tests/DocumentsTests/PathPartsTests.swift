import Documents
import Testing

// dirname(1) and basename(1), but for a name alone, whose folder they write as a dot
@Test(arguments: [
  ("/a/b", "/a", "b"), ("/a/b/", "/a", "b"), ("/a//b//", "/a", "b"), ("/a", "/", "a"),
  ("/", "/", "/"),
  ("//", "/", "/"), ("a", "", "a"), ("a/", "", "a"), ("a/b.c", "a", "b.c"), ("../x", "..", "x"),
  ("", "", ""),
])
func `a path has a folder and a name`(path: String, folder: String, name: String) {
  let parts = PathParts(path)
  #expect(parts.folder == folder && parts.name == name)
}

@Test(arguments: [
  ("/themes/dark.toml", "dark"), ("a.tar.gz", "a.tar"), (".hidden", ".hidden"), ("x", "x"),
  ("/a.b/c", "c"), ("x.", "x"),
])
func `a name has a stem`(path: String, stem: String) {
  #expect(PathParts(path).stem == stem)
}
