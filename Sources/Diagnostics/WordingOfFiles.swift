extension Problem {
  var fileWording: Wording? {
    switch self {
    case .yamlSyntax(let reason):
      Wording("this is not YAML", reason)
    case .duplicateKey(let key):
      Wording("`\(key)` stands twice", "the second", help: "remove one of them")
    case .unquotedFormula(let quoted):
      Wording(
        "YAML cuts this formula", "`: ` and ` #` mean something else to YAML", help: "quote it: \(quoted)")
    case .unknownKey(let key, let near, let allowed):
      Wording(
        "`\(key)` means nothing here", "not known",
        help: didYouMean(near) ?? "expected \(listed(allowed))")
    case .missingKey(let key, let what):
      Wording("\(what) needs `\(key)`", "not in here")
    case .expectedForm(let what, let form):
      Wording("this can't be read as \(what)", "expected \(form)")
    case .nameIsNotPath(let name, let path):
      Wording(
        "the name `\(name)` is not where the file lies", "expected `\(path)`",
        help: "a file's name is its path in the folder of mappings")
    case .unreadableFile(let reason):
      Wording("the file can't be read", reason)
    case .unknownType(let name, let near):
      Wording(
        "there is no type `\(name)`", "not known", help: didYouMean(near),
        "types are string, text, boolean, integer, decimal, date, instant, local-time(ZONE), time, uri, base64, "
          + "personnummer, hsa-id, code(…), any, `= value`, and the names under `types`")
    case .unknownShape(let name, let near):
      Wording("there is no shape `\(name)`", "not found", help: didYouMean(near))
    case .duplicateField(let name):
      Wording("the field `\(name)` is declared twice", "the second")
    case .unknownPrefix(let prefix, let declared):
      Wording(
        "the prefix `\(prefix)` is not declared", "under `namespaces`", help: "declared: \(listed(declared))")
    case .unknownZone(let name):
      Wording("there is no time zone `\(name)`", "expected a name such as Europe/Stockholm")
    case .kindOfItself(let chain):
      Wording(
        "`\(chain.first ?? "")` is a kind of itself", chain.map { "`\($0)`" }.joined(separator: " → "),
        help: "remove one of the lines under `kinds`")
    case .undeclaredTypeName(let name, let near):
      Wording(
        "nothing says what a `\(name)` is", "not declared under `kinds` or `scalars`", help: didYouMean(near),
        "say under `kinds` which type it is a kind of: `\(name): string`")
    case .unknownInSchema(let what, let name, let namespace, let near):
      Wording(
        "the schema has no \(what) `\(name)`" + (namespace.isEmpty ? "" : " in \(namespace)"), "not declared",
        help: didYouMean(near),
        near.isEmpty && !namespace.isEmpty
          ? "nothing is fetched: files of other namespaces need a relative schemaLocation" : nil)
    case .definedByItself(let name):
      Wording("`\(name)` is defined by itself", "this one", help: "derive it from something else")
    default: nil
    }
  }

  var mappingWording: Wording? { pathWording ?? lineWording }

  private var pathWording: Wording? {
    switch self {
    case .unknownPath(let segment, let inside, let shape, let near):
      Wording(
        "there is no `\(segment)` in \(inside)", "not in the shape \(shape)", help: didYouMean(near))
    case .unknownSlice(let slice, let field, let near):
      Wording(
        "`\(field)` has no slice `\(slice)`", "not declared", help: didYouMean(near),
        "slices are declared under `slices` of the shape, or of the mapping")
    case .unknownName(let name, let near):
      Wording(
        "`\(name)` is not a name of this mapping", "not declared under `hub` or `each`",
        help: didYouMean(near))
    case .unknownResource(let type, let near):
      Wording("the hub has no `\(type)`", "no shape hub/\(type)", help: didYouMean(near))
    case .repetitionInPath(let segment, let slices):
      Wording(
        "`\(segment)` repeats", "which one?",
        help: slices.isEmpty
          ? "go through it with `each`, or take `\(segment)[first]`"
          : "name one of \(listed(slices.map { "`\(segment)[\($0)]`" })), `\(segment)[first]`, or use `each`")
    case .notARepetition(let path):
      Wording("`\(path)` does not repeat", "`each` needs a repetition")
    case .notAValue(let path, let fields):
      Wording("`\(path)` is not a value", "it has fields: \(listed(fields))")
    case .unknownMapping(let name, let near):
      Wording("there is no mapping `\(name)`", "not found", help: didYouMean(near))
    case .unknownFragment(let name, let near):
      Wording("there is no fragment `\(name)`", "not found", help: didYouMean(near))
    default: nil
    }
  }

  private var lineWording: Wording? {
    switch self {
    case .typeClash(let left, let right, let remedy):
      Wording("\(left) can't become \(right)", "types clash", help: remedy)
    case .writtenTwice(let path, let direction):
      Wording("`\(path)` is written twice (\(direction))", "the second", help: "keep one of the lines")
    case .requiredNeverWritten(let path, let shape, let direction):
      Wording(
        "no line writes `\(path)` (\(direction))", "required by the shape \(shape)",
        help: "write it under `both` or `\(direction)`")
    case .irreversible(let name):
      Wording(
        "`\(name)` can't be undone", "used under `both`",
        help: "write one line under `in` and one under `out`")
    case .unknownConverter(let name, let near):
      Wording(
        "there is no code table or converter `\(name)`", "not found", help: didYouMean(near),
        "tables lie in codes/ beside the mapping or in codes/ of the folder; converters are prefix('…'), base64, not"
      )
    case .fragmentArgument(let name, let expected, let found):
      Wording(
        "the fragment needs `\(name)`: \(expected)", found.map { "this is \($0)" } ?? "not given",
        help: "name it under `with`")
    case .nameTwice(let name):
      Wording("the name `\(name)` is already taken", "the second")
    case .fixedField(let path, let value):
      Wording("`\(path)` is fixed", "it is always `\(value)`", help: "leave the line out")
    default: nil
    }
  }

  var tableWording: Wording? {
    switch self {
    case .tableMissesCode(let table, let column, let codes, let direction):
      Wording(
        "the code table \(table) misses \(listed(codes.map { "`\($0)`" }, last: "and"))",
        "the field allows more codes than the table's column `\(column)` (\(direction))",
        help: "add a row for each")
    case .tableHasUnknownCode(let table, let column, let code, let near):
      Wording(
        "the code table \(table) has `\(code)`, which the field doesn't allow", "in the column `\(column)`",
        help: didYouMean(near))
    case .tableIsAmbiguous(let code, let direction):
      Wording(
        "the code `\(code)` stands in several rows (\(direction))", "the second",
        help: "say which row serves which direction in the column `use`")
    case .tableNotReversible(let code, let through, let back, let direction):
      Wording(
        "`\(code)` does not come back through this table",
        "it becomes `\(through)` (\(direction)), and that \(back.map { "`\($0)`" } ?? "nothing")",
        help:
          "a line under `both` needs a way back for every code: say in the column `use` which rows serve it")
    case .tableRowMalformed(let reason):
      Wording("this row can't be read", reason, help: "see RFC 4180")
    case .unusedTable(let table):
      Wording("no mapping uses the code table \(table)", help: "remove the file, or use it")
    default: nil
    }
  }

  var formulaWording: Wording? {
    switch self {
    case .formulaSyntax(let expected):
      Wording("this formula can't be read", "expected \(expected)")
    case .unknownFunction(let name, let near):
      Wording("there is no function `\(name)`", "not known", help: didYouMean(near))
    case .formulaType(let expected, let found):
      Wording("the formula gives \(found)", "expected \(expected)")
    default: nil
    }
  }

  var caseWording: Wording? {
    switch self {
    case .caseDiffers(let name, let file, let differences):
      Wording(
        "\(name): \(file) differs", differences.first ?? "",
        help: differences.count > 1 ? differences.dropFirst().joined(separator: "\n") : nil)
    case .caseAccepted(let name, let expected):
      Wording("\(name): accepted, but should be refused with \(listed(expected))")
    case .recorded(let file):
      Wording("\(file) was recorded", help: "read it, then run again")
    case .fileExists:
      Wording(
        "the file is already there", "nothing was written", help: "choose another name, or move the file away"
      )
    default: nil
    }
  }
}
