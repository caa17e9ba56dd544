#include "core/forward/peerprobe.h"

#include "core/net/descriptor.h"

#ifdef __linux__
#include <array>
#include <cerrno>
#include <cstring>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <optional>
#include <sys/socket.h>
#endif

namespace Fairlead::Forward {

#ifdef __linux__

namespace {

constexpr unsigned char Listening = 10; // TCP_LISTEN: the lookup found a listener instead of the connection

struct Question {
    nlmsghdr header{};
    inet_diag_req_v2 body{};
};

struct Endpoint {
    std::array<char, 16> address{};
    __be16 port = 0;
    bool isLoopback = false;
};

Endpoint endpointOf(const sockaddr_storage &storage)
{
    Endpoint endpoint;
    if (storage.ss_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &storage, sizeof v4);
        std::memcpy(endpoint.address.data(), &v4.sin_addr, sizeof v4.sin_addr);
        endpoint.port = v4.sin_port;
        endpoint.isLoopback = (ntohl(v4.sin_addr.s_addr) >> 24) == IN_LOOPBACKNET;
    } else {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &storage, sizeof v6);
        std::memcpy(endpoint.address.data(), &v6.sin6_addr, sizeof v6.sin6_addr);
        endpoint.port = v6.sin6_port;
        endpoint.isLoopback = IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr);
    }
    return endpoint;
}

/// Asks for the socket whose local end is `peer` and whose remote end is ours.
Question makeQuestion(unsigned char family, const Endpoint &peer, const Endpoint &ours)
{
    Question question;
    question.header.nlmsg_len = sizeof question;
    question.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    question.header.nlmsg_flags = NLM_F_REQUEST;
    question.body.sdiag_family = family;
    question.body.sdiag_protocol = IPPROTO_TCP;
    question.body.idiag_states = ~0U;
    question.body.id.idiag_sport = peer.port;
    question.body.id.idiag_dport = ours.port;
    std::memcpy(question.body.id.idiag_src, peer.address.data(), peer.address.size());
    std::memcpy(question.body.id.idiag_dst, ours.address.data(), ours.address.size());
    question.body.id.idiag_cookie[0] = question.body.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
    return question;
}

struct Answer {
    bool found = false;
    unsigned inode = 0;
};

/// Nothing when the system does not answer such questions.
std::optional<Answer> ask(const Question &question)
{
    const Net::Descriptor diag(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_SOCK_DIAG));
    if (!diag.isValid() || ::send(diag.get(), &question, sizeof question, 0) != ssize_t(sizeof question))
        return std::nullopt;
    alignas(nlmsghdr) std::array<char, 4096> buffer{};
    if (::recv(diag.get(), buffer.data(), buffer.size(), 0) < ssize_t(sizeof(nlmsghdr) + sizeof(int)))
        return std::nullopt;
    nlmsghdr header{};
    std::memcpy(&header, buffer.data(), sizeof header);
    if (header.nlmsg_type == NLMSG_ERROR) {
        nlmsgerr error{};
        std::memcpy(&error, buffer.data() + NLMSG_HDRLEN, sizeof error);
        return error.error == -ENOENT ? std::optional<Answer>(Answer{}) : std::nullopt;
    }
    inet_diag_msg message{};
    std::memcpy(&message, buffer.data() + NLMSG_HDRLEN, sizeof message);
    return Answer{message.idiag_state != Listening, message.idiag_inode};
}

} // namespace

PeerState probePeer(int fd)
{
    sockaddr_storage ours{};
    sockaddr_storage peer{};
    socklen_t oursSize = sizeof ours;
    socklen_t peerSize = sizeof peer;
    if (::getsockname(fd, reinterpret_cast<sockaddr *>(&ours), &oursSize) != 0
        || ::getpeername(fd, reinterpret_cast<sockaddr *>(&peer), &peerSize) != 0)
        return PeerState::Unknown;
    const Endpoint theirs = endpointOf(peer);
    const auto answer = ask(makeQuestion(static_cast<unsigned char>(ours.ss_family), theirs, endpointOf(ours)));
    if (!answer)
        return PeerState::Unknown;
    if (answer->found)
        return answer->inode == 0 ? PeerState::Closed : PeerState::Reading;
    // Not in this kernel: over loopback it is gone; else it is on another machine or in another network namespace.
    return theirs.isLoopback ? PeerState::Closed : PeerState::Unknown;
}

#else

PeerState probePeer(int)
{
    return PeerState::Unknown;
}

#endif

} // namespace Fairlead::Forward
