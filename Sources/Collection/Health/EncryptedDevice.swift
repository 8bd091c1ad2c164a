#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#endif

/// Whether a folder's device is encrypted, as the kernel tells it below `/sys`.
public enum EncryptedDevice {
    /// What is known of a folder's device.
    public enum Standing: Sendable, Hashable {
        case encrypted
        /// A real device without encryption, by its name.
        case plain(device: String)
        case unknown
    }

    /// - Parameter root: where `/sys` is, for tests.
    public static func standing(of folder: String, root: String = "/sys") -> Standing {
        var status = stat()
        guard stat(folder, &status) == 0 else { return .unknown }
        return standing(major: major(UInt64(status.st_dev)), minor: minor(UInt64(status.st_dev)), root: root)
    }

    /// Of the device with these numbers.
    public static func standing(major: UInt64, minor: UInt64, root: String) -> Standing {
        let link = "\(root)/dev/block/\(major):\(minor)"
        guard FileManager.default.fileExists(atPath: link) else { return .unknown }
        return standing(ofDevice: resolved(link), depth: 0)
    }

    /// A device is encrypted if dm-crypt made it, or if all that it is made of are.
    private static func standing(ofDevice path: String, depth: Int) -> Standing {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        if let data = FileManager.default.contents(atPath: path + "/dm/uuid"),
            String(decoding: data, as: UTF8.self).hasPrefix("CRYPT-")
        {
            return .encrypted
        }
        let slaves = names(in: path + "/slaves")
        guard !slaves.isEmpty, depth < 8 else { return .plain(device: name) }
        let parts = slaves.map { slave in
            standing(ofDevice: resolved("\(path)/slaves/\(slave)"), depth: depth + 1)
        }
        return parts.allSatisfy { $0 == .encrypted } ? .encrypted : .plain(device: name)
    }

    /// Where a symbolic link leads to.
    private static func resolved(_ link: String) -> String {
        guard let path = realpath(link, nil) else { return link }
        defer { free(path) }
        return String(cString: path)
    }

    private static func names(in folder: String) -> [String] {
        do { return try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } catch { return [] }
    }

    // As glibc's gnu_dev_major and gnu_dev_minor, which are macros.
    static func major(_ device: UInt64) -> UInt64 { (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF }
    static func minor(_ device: UInt64) -> UInt64 { device & 0xFF | (device >> 12) & ~0xFF }
}
