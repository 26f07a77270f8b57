import Documents

/// The visit that the tests ask about, as JSON has it and as XML has it.
enum Visit {
  indirect enum Tree {
    case text(String)
    case number(String)
    case boolean(Bool)
    case null
    case object([(String, Tree)])
    case array([Tree])
  }

  static let json = Tree.object([
    ("type", .text("chat")), ("note", .text("")), ("urgent", .boolean(true)), ("minutes", .number("12")),
    ("price", .number("12.50")), ("startedAt", .text("2026-11-21T10:15:00+01:00")), ("day", .null),
    (
      "patient",
      .object([
        ("born", .text("1990-05")),
        ("name", .array([name("Åberg", ["Åsa", "Eva"]), name("Berg", ["Åsa"])])),
      ])
    ),
    ("diagnosis", .array([diagnosis("J06.9", "1"), diagnosis("R05", "2"), .null])),
    ("extra", .array([.number("3"), .text("three"), .object([("code", .number("4.0"))])])),
  ])

  static let xml = Tree.object([
    ("type", .text("chat")), ("note", .text("")), ("urgent", .text("true")), ("minutes", .text("12")),
    ("price", .text("12.50")), ("startedAt", .text("20261121101500+01:00")),
    (
      "patient",
      .object([
        ("born", .text("199005")), ("name", name("Åberg", ["Åsa", "Eva"])), ("name", name("Berg", ["Åsa"])),
      ])
    ),
    ("diagnosis", .object([("code", .text("J06.9")), ("rank", .text("1"))])),
    ("diagnosis", .object([("code", .text("R05")), ("rank", .text("2"))])),
    ("extra", .text("three")),
  ])

  private static func name(_ family: String, _ given: [String]) -> Tree {
    .object([("family", .text(family))] + given.map { ("given", .text($0)) })
  }

  private static func diagnosis(_ code: String, _ rank: String) -> Tree {
    .object([("code", .text(code)), ("rank", .number(rank))])
  }
}

extension Forest {
  /// Adds a tree; foreign names are interned.
  mutating func add(_ tree: Visit.Tree, name: NameID = NameTable.unnamed) {
    switch tree {
    case .text(let text): leaf(.string, name: name, text: append(text), offset: 0)
    case .number(let text): leaf(.number, name: name, text: append(text), offset: 0)
    case .boolean(let value): leaf(.boolean, name: name, text: append(value ? "true" : "false"), offset: 0)
    case .null: leaf(.null, name: name, text: .empty, offset: 0)
    case .array(let elements):
      let array = open(.array, name: name, offset: 0)
      for element in elements { add(element) }
      close(array)
    case .object(let members):
      let object = open(.object, name: name, offset: 0)
      for (name, member) in members {
        add(member, name: Array(name.utf8).withUnsafeBufferPointer { intern($0) })
      }
      close(object)
    }
  }
}
