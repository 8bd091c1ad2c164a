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

    /// The names of the folders in /tmp can be known beforehand by everybody on the machine.
    @Test func `a folder that somebody has laid in the way is refused and left alone`() throws {
        let home =
            FileManager.default.temporaryDirectory.path + "/" + String(repeating: "a long home ", count: 8)
            + UUID().uuidString
        let cluster = try LocalCluster(directory: home + "/postgres")
        defer { do { try FileManager.default.removeItem(atPath: home) } catch {} }
        let url = cluster.url(database: "khop")
        let socket = try #require(url.firstMatch(of: /host=(\/tmp\/khop-[0-9a-z]+)&/)?.1).description
        let victim = home + "/victim"
        try FileManager.default.createDirectory(
            atPath: victim,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755]
        )
        try FileManager.default.createSymbolicLink(atPath: socket, withDestinationPath: victim)
        defer { do { try FileManager.default.removeItem(atPath: socket) } catch {} }
        let owner = try FileManager.default.attributesOfItem(atPath: victim)[.ownerAccountID] as? Int
        let failure = #expect(throws: LocalCluster.Failure.self) { try cluster.start(database: "khop") }
        #expect(failure?.phrase.vietnamese.contains(socket) == true)
        let after = try FileManager.default.attributesOfItem(atPath: victim)
        #expect(after[.posixPermissions] as? Int == 0o755 && after[.ownerAccountID] as? Int == owner)
        // A file is no folder either.
        try FileManager.default.removeItem(atPath: socket)
        #expect(FileManager.default.createFile(atPath: socket, contents: nil))
        #expect(throws: LocalCluster.Failure.self) { try cluster.start(database: "khop") }
    }
}
