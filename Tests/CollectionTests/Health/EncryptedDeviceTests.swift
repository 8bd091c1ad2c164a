import Collection
import Foundation
import TestSupport
import Testing

@Suite struct EncryptedDeviceTests {
    /// What the kernel would show of a volume on an encrypted device on a disk, and of a mirror of which one half is not.
    private static func withDevices(_ body: (String) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory.path + "/khop-sys-\(UUID().uuidString)"
        defer { do { try FileManager.default.removeItem(atPath: root) } catch {} }
        let parts = ["disk": [], "crypt": ["disk"], "volume": ["crypt"], "mirror": ["crypt", "disk"]]
        try FileManager.default.createDirectory(atPath: root + "/dev/block", withIntermediateDirectories: true)
        for (number, name) in ["disk", "crypt", "volume", "mirror"].enumerated() {
            let folder = "\(root)/devices/\(name)"
            try FileManager.default.createDirectory(atPath: folder + "/slaves", withIntermediateDirectories: true)
            try FileManager.default.createDirectory(atPath: folder + "/dm", withIntermediateDirectories: true)
            let uuid = name == "crypt" ? "CRYPT-LUKS2-0123-luks\n" : "LVM-0123\n"
            try Data(uuid.utf8).write(to: URL(fileURLWithPath: folder + "/dm/uuid"))
            for part in parts[name] ?? [] {
                try FileManager.default.createSymbolicLink(
                    atPath: "\(folder)/slaves/\(part)",
                    withDestinationPath: "\(root)/devices/\(part)"
                )
            }
            try FileManager.default.createSymbolicLink(
                atPath: "\(root)/dev/block/253:\(number)",
                withDestinationPath: folder
            )
        }
        try body(root)
    }

    @Test func `what dm-crypt made, and what is made of it alone, is encrypted`() throws {
        try Self.withDevices { root in
            func standing(_ minor: UInt64) -> EncryptedDevice.Standing {
                EncryptedDevice.standing(major: 253, minor: minor, root: root)
            }
            #expect(standing(0) == .plain(device: "disk"))
            #expect(standing(1) == .encrypted)
            #expect(standing(2) == .encrypted)
            #expect(standing(3) == .plain(device: "mirror"))
            #expect(standing(9) == .unknown)
        }
    }

    @Test func `a folder that is not there, or on no device, tells nothing`() {
        #expect(EncryptedDevice.standing(of: "/nowhere/at/all") == .unknown)
        #expect(EncryptedDevice.standing(of: "/proc") == .unknown)
    }
}
