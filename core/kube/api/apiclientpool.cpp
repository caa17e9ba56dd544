#include "core/kube/api/apiclientpool.h"

#include <QElapsedTimer>

#include <algorithm>
#include <limits>
#include <vector>

namespace Fairlead::Kube {

namespace {

constexpr qint64 FreshMs = 5'000;

struct Entry {
    std::weak_ptr<ApiClient> client;
    QElapsedTimer age;
};

/// Few clusters at a time: a search from one end to the other does.
std::vector<Entry> &entriesOfThisThread()
{
    thread_local std::vector<Entry> entries;
    return entries;
}

std::shared_ptr<ApiClient> clientFor(const ConnectionConfig &config, qint64 oldestMs)
{
    std::vector<Entry> &entries = entriesOfThisThread();
    std::erase_if(entries, [](const Entry &entry) { return entry.client.expired(); });
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry &entry) {
        const auto client = entry.client.lock();
        return client && client->config() == config;
    });
    if (found != entries.end()) {
        if (found->age.elapsed() <= oldestMs)
            return found->client.lock();
        entries.erase(found); // those who hold it keep it
    }
    auto client = std::make_shared<ApiClient>(config);
    Entry entry{client, {}};
    entry.age.start();
    entries.push_back(entry);
    return client;
}

} // namespace

std::shared_ptr<ApiClient> sharedApiClient(const ConnectionConfig &config)
{
    return clientFor(config, std::numeric_limits<qint64>::max());
}

std::shared_ptr<ApiClient> freshApiClient(const ConnectionConfig &config)
{
    return clientFor(config, FreshMs);
}

} // namespace Fairlead::Kube
