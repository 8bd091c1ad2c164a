import Foundation
import Postgres
import Testing

@Suite struct LocalClusterTests {
    @Test(arguments: ["khop's new home", "a \"quoted\" home", "$HOME `id` \\ home", "one, two"])
    func `a cluster lives in a folder whose name means something to shells`(_ name: String) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/\(name) \(UUID().uuidString.prefix(8))"
        let cluster = try LocalCluster(directory: folder + "/postgres")
        try cluster.start(database: "khop", settings: ["fsync=off"])
        do {
            let database = Database(DatabaseOptions(url: cluster.url(database: "khop")))
            #expect(try await database.query("select current_database()").row().get(0, as: String.self) == "khop")
            await database.close()
        } catch { Issue.record(error) }
        try cluster.stop()
        try FileManager.default.removeItem(atPath: folder)
    }
}
