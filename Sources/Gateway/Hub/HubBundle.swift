import Documents

/// Wraps the hub's resources of one message into a FHIR R4 Bundle, which is how people and tools look at the
/// hub. A resource without an id keeps the URL by which others refer to it.
enum HubBundle {
  /// Adds the Bundle behind the other trees and returns its root.
  static func add(_ resources: [NodeID], to forest: inout Forest) -> NodeID {
    let root = forest.open(.object, name: NameTable.unnamed, offset: 0)
    value("Bundle", of: "resourceType", in: &forest)
    value("collection", of: "type", in: &forest)
    guard !resources.isEmpty else {  // FHIR's JSON has no empty arrays
      forest.close(root)
      return root
    }
    let entries = forest.open(.array, name: forest.intern("entry"), offset: 0)
    let entryName = forest.intern("resource")
    let id = forest.intern("id")
    for resource in resources {
      let entry = forest.open(.object, name: NameTable.unnamed, offset: 0)
      if forest[resource].text.length > 0, forest.child(resource, named: id) == nil {
        forest.leaf(.string, name: forest.intern("fullUrl"), text: forest[resource].text, offset: 0)
      }
      forest.copy(resource, name: entryName)
      forest.close(entry)
    }
    forest.close(entries)
    forest.close(root)
    return root
  }

  private static func value(_ text: String, of member: String, in forest: inout Forest) {
    let range = forest.append(text)
    forest.leaf(.string, name: forest.intern(member), text: range, offset: 0)
  }
}
