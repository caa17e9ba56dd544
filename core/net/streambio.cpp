#include "core/net/streambio.h"

#include <cerrno>
#include <openssl/bio.h>

namespace Fairlead::Net {

namespace {

int readBelow(BIO *bio, char *buffer, int size)
{
    auto *reader = static_cast<BelowReader *>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    reader->last = reader->below->read(buffer, size);
    errno = 0; // nobody may take an older one for the reason
    switch (reader->last.kind) {
    case IoResult::Kind::Moved:
        return int(reader->last.bytes);
    case IoResult::Kind::WouldBlock:
        BIO_set_retry_read(bio);
        return -1;
    case IoResult::Kind::End:
        return 0;
    case IoResult::Kind::Failed:
        break;
    }
    return -1;
}

long control(BIO *bio, int command, long, void *)
{
    const auto *reader = static_cast<const BelowReader *>(BIO_get_data(bio));
    switch (command) {
    case BIO_CTRL_EOF:
        return reader->last.kind == IoResult::Kind::End ? 1 : 0;
    case BIO_CTRL_FLUSH:
        return 1;
    default:
        return 0;
    }
}

const BIO_METHOD *method()
{
    static BIO_METHOD *const made = [] {
        BIO_METHOD *fresh = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "stream");
        BIO_meth_set_read(fresh, &readBelow);
        BIO_meth_set_ctrl(fresh, &control);
        return fresh;
    }();
    return made;
}

} // namespace

BIO *newBio(BelowReader &reader)
{
    BIO *bio = BIO_new(method());
    if (bio) {
        BIO_set_data(bio, &reader);
        BIO_set_init(bio, 1);
    }
    return bio;
}

} // namespace Fairlead::Net
