import Documents
import Mapping
import Store

/// Works out which engagements what the hub holds of a patient implies.
///
/// It asks the mappings about each visit alone, with what belongs to it, and about each note and diagnosis that
/// belongs to none: one that can't be told of, such as
/// of a unit that nobody answers for, keeps no other from being told, and is told of itself.
struct EngagementImplication {
  let documents: EngagementDocuments
  let library: MappingLibrary
  let store: any HubStore

  /// Nothing is implied by what its source says was never right.
  func engagements(of patient: HubKey) throws -> (posts: [Engagement], refusals: [EngagementRefusal]) {
    var posts: [Engagement] = []
    var refusals: [EngagementRefusal] = []
    var visits: Set<HubKey> = []
    try each(documents.rules.type, of: patient, [.live, .nullified]) { visit in
      visits.insert(visit.id)
      guard visit.state == .live else { return }
      try add(visit, by: documents.rules.implyingVisits, to: &posts, &refusals)
    }
    for (type, mapping) in documents.rules.implyingAlone {
      try each(type, of: patient, [.live]) { resource in
        guard visits.isDisjoint(with: PatientRecords.references(in: resource.content)) else { return }
        try add(resource, by: [mapping], to: &posts, &refusals)
      }
    }
    return (Array(posts.united.values), refusals)
  }

  private func each(
    _ type: String, of patient: HubKey, _ states: Set<HubState>, _ visit: (HubResource) throws -> Void
  ) throws {
    var query = HubQuery(under: [patient], type: type)
    query.states = states
    var cursor: HubPage.Cursor?
    repeat {
      let page = try store.resources(matching: query, after: cursor, limit: 200)
      for resource in page.resources { try visit(resource) }
      cursor = page.next
    } while cursor != nil
  }

  private func add(
    _ visit: HubResource, by mappings: [String], to posts: inout [Engagement],
    _ refusals: inout [EngagementRefusal]
  ) throws {
    let bundle = try bundle(visit)
    for mapping in mappings {
      do throws(EngagementDocuments.Fault) {
        posts += try documents.implied(by: bundle, mapping)
      } catch .refused(let codes) {
        refusals.append(EngagementRefusal(visit: visit.id.hexadecimal, mapping: mapping, codes: codes))
      }
    }
  }

  /// The visit, its parts and what they refer to.
  private func bundle(_ visit: HubResource) throws -> [UInt8] {
    let parts = try store.materials(under: visit.id).map(\.resource).filter { $0.state == .live }
    var known = Dictionary(([visit] + parts).map { ($0.id, $0) }) { first, _ in first }
    let tree = HubTree(library)
    tree.begin(now: documents.receipt.received)
    var nodes: [NodeID] = []
    var news = [visit] + parts.filter { $0.id != visit.id }.sorted { $0.id < $1.id }
    while !news.isEmpty {
      let read = try news.map { try tree.read($0.content, named: "hub") }
      nodes += read
      let wanted = Set(read.flatMap { tree.names(in: $0) })
      news = try store.resources(wanted.filter { known[$0] == nil })
      for resource in news { known[resource.id] = resource }
    }
    return tree.bytes(tree.bundle(nodes))
  }
}
