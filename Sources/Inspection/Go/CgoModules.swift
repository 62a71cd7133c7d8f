/// Well-known packages that do not work without cgo: they wrap a C library, and have no other implementation.
///
/// From their READMEs and build constraints.
enum CgoModules {
  static func contains(_ path: String) -> Bool {
    modules.contains { module in
      path == module
        || path.hasPrefix(module) && path.utf8.dropFirst(module.utf8.count).first == UInt8(ascii: "/")
    }
  }

  private static let modules = [
    "github.com/mattn/go-sqlite3", "gorm.io/driver/sqlite", "github.com/jinzhu/gorm/dialects/sqlite",
    "github.com/mutecomm/go-sqlcipher", "github.com/xeodou/go-sqlcipher", "github.com/marcboeker/go-duckdb",
    "github.com/confluentinc/confluent-kafka-go", "github.com/godror/godror", "github.com/mattn/go-oci8",
    "github.com/google/gopacket/pcap", "github.com/pebbe/zmq4", "github.com/veandco/go-sdl2", "github.com/go-gl/gl",
    "github.com/go-gl/glfw", "gocv.io/x/gocv", "github.com/miekg/pkcs11", "gopkg.in/gographics/imagick.v2",
    "gopkg.in/gographics/imagick.v3", "github.com/h2non/bimg", "github.com/davidbyttow/govips",
    "github.com/chai2010/webp",
    "github.com/libgit2/git2go", "github.com/wasmerio/wasmer-go", "github.com/bytecodealliance/wasmtime-go",
    "rogchap.com/v8go", "github.com/linxGnu/grocksdb", "github.com/tecbot/gorocksdb", "github.com/valyala/gozstd",
    "github.com/gordonklaus/portaudio", "github.com/otiai10/gosseract", "gopkg.in/hraban/opus.v2",
    "libvirt.org/go/libvirt", "github.com/libvirt/libvirt-go", "github.com/containers/gpgme",
    "github.com/proglottis/gpgme", "github.com/NVIDIA/go-nvml",
  ]
}
