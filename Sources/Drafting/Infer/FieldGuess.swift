import Mapping

/// Turns evidence into fields of a draft.
struct FieldGuess {
  let tree: TreeKind
  let prefixes: NamespacePrefixes
  /// What could not be described, a line each.
  private(set) var leftOut: [String] = []

  /// Files nest no deeper, and no sane document does.
  private static let deepest = 40
  /// YAML's keys must end within 1024 characters.
  private static let longestName = 200

  init(_ tree: TreeKind, _ prefixes: NamespacePrefixes) {
    self.tree = tree
    self.prefixes = prefixes
  }

  /// The fields of an object.
  /// - Parameter namespace: the parent's, which fields without a prefix inherit.
  mutating func fields(
    _ content: ContentEvidence, namespace: String, path: [String]
  ) -> [FieldDraft] {
    var drafts: [FieldDraft] = []
    var taken: Set<String> = []
    for field in content.fields {
      let here = path + [field.name.local]
      if let reason = self.reason(toLeaveOut: field) ?? nameClash(field, &taken) {
        leftOut.append("`\(here.joined(separator: "."))` is left out: \(reason)")
      } else {
        drafts.append(draft(field, of: content.parentsOfFields, namespace: namespace, path: here))
      }
    }
    if tree.isPlain, content.values.count > 0 { drafts.insert(ownText(content), at: 0) }
    return drafts
  }

  private func reason(toLeaveOut field: FieldEvidence) -> String? {
    if field.content.nestedArrays > 0 { return "arrays in arrays have no form in shapes" }
    if field.arrays > 0, field.singles > 0 {
      return "it is an array in \(field.arrays), no array in \(field.singles)"
    }
    if tree.isTable, field.name.local.isEmpty { return "a column without a name" }
    if field.name.local.utf8.count > Self.longestName { return "its name is too long for a key" }
    if field.name.isAttribute, !field.name.namespace.isEmpty {
      return "shapes name no attributes with a namespace (\(field.name.namespace))"
    }
    return nil
  }

  /// Paths leave prefixes out, so a name can stand once only.
  private func nameClash(_ field: FieldEvidence, _ taken: inout Set<String>) -> String? {
    taken.insert(field.name.local).inserted ? nil : "its name stands in two namespaces"
  }

  private mutating func draft(
    _ field: FieldEvidence, of parents: Int, namespace: String, path: [String]
  ) -> FieldDraft {
    var remarks: [String] = []
    let content = self.content(field, path: path, &remarks)
    let cardinality =
      tree.isTable && path.count == 1 ? .any : cardinality(field, of: parents)
    if cardinality == .optional, field.parents > 0, field.parents < parents {
      remarks.append("in \(field.parents) of \(parents)")
    }
    var draft = FieldDraft(name(field.name, inside: namespace), cardinality, content)
    draft.comment = remarks.joined(separator: "; ")
    return draft
  }

  private func name(_ name: ObservedName, inside namespace: String) -> String {
    guard tree.isPlain, !name.isAttribute, name.namespace != namespace else { return name.local }
    return prefixes.qualified(name)
  }

  private func cardinality(_ field: FieldEvidence, of parents: Int) -> FieldDraft.Cardinality {
    if field.arrays > 0 || tree.isPlain && field.most > 1 {
      return parents >= 3 && field.parents == parents ? .some : .any
    }
    // A name that ends like a cardinality needs one behind it to be read as a name.
    let isAmbiguous = field.name.local.last.map { "?*+!".contains($0) } ?? false
    return field.parents == parents && !isAmbiguous ? .one : .optional
  }

  private mutating func content(
    _ field: FieldEvidence, path: [String], _ remarks: inout [String]
  ) -> FieldDraft.Content {
    let content = field.content
    if content.objects == 0 {
      guard content.texts + content.empties > 0 else {
        remarks.append("never filled")
        return .type("any")
      }
      return value(content.values, &remarks)
    }
    guard tree.isPlain || content.texts + content.empties == 0 else {
      remarks.append("an object in \(content.objects), a value in \(content.texts + content.empties)")
      return .type("any")
    }
    let inner = path.count < Self.deepest ? fields(content, namespace: field.name.namespace, path: path) : []
    guard inner.isEmpty else { return .fields(inner) }
    remarks.append(path.count < Self.deepest ? "never filled" : "nested too deep")
    return .type("any")
  }

  private func value(_ values: ValueEvidence, _ remarks: inout [String]) -> FieldDraft.Content {
    let guess = TypeGuess(values, tree)
    remarks += guess.remarks
    return .type(guess.type.description)
  }

  /// Text beside attributes and elements.
  private func ownText(_ content: ContentEvidence) -> FieldDraft {
    var remarks: [String] = []
    let type = value(content.values, &remarks)
    let isAlways = content.texts + content.objectsWithText == content.parentsOfFields
    let cardinality: FieldDraft.Cardinality =
      content.mostOwnTexts > 1 ? .any : isAlways ? .one : .optional
    var draft = FieldDraft("$", cardinality, type)
    draft.comment = remarks.joined(separator: "; ")
    return draft
  }
}
