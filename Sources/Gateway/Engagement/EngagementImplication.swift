import Documents
import Mapping
import Store

/// Works out which engagements what the hub holds of a patient implies.
///
/// It asks the mappings about each visit alone, with what belongs to it: one that can't be told of, such as
/// of a unit that nobody answers for, keeps no other from being told, and is told of itself.
struct EngagementImplication {
  let documents: EngagementDocuments
  let library: MappingLibrary
  let store: any HubStore

  /// Nothing is implied by what its source says was never right.
  func engagements(of patient: HubKey) throws -> (posts: [Engagement], refusals: [EngagementRefusal]) {
    var query = HubQuery(under: [patient], type: documents.rules.type)
    query.states = [.live]
    var posts: [Engagement] = []
    var refusals: [EngagementRefusal] = []
    var cursor: HubPage.Cursor?
    repeat {
      let page = try store.resources(matching: query, after: cursor, limit: 200)
      for visit in page.resources { try add(visit, to: &posts, &refusals) }
      cursor = page.next
    } while cursor != nil
    return (Array(posts.united.values), refusals)
  }

  private func add(
    _ visit: HubResource, to posts: inout [Engagement], _ refusals: inout [EngagementRefusal]
  ) throws {
    let bundle = try bundle(visit)
    for mapping in documents.rules.implying {
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
    return tree.bundle(nodes)
  }
}
