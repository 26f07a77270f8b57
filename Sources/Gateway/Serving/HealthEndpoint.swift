import HTTP
import Mapping

/// `GET /health`: whether the gateway takes messages.
struct HealthEndpoint: Sendable {
  let library: MappingLibrary

  func answer() -> HTTPResponse {
    .json(200, "{\"status\":\"ok\",\"mappings\":\(library.mappings.count)}")
  }
}
