#pragma once

#include "core/store/profiles/profile.h"

#include <array>
#include <utility>

/// The words of the file format, for reader and writer alike.
namespace Fairlead::Store::Words {

constexpr int Version = 1;

inline constexpr QLatin1StringView Format("fairleadProfile");
inline constexpr QLatin1StringView Name("name");
inline constexpr QLatin1StringView Restore("restore");
inline constexpr QLatin1StringView Forwards("forwards");

inline constexpr QLatin1StringView Addresses("addresses");
inline constexpr QLatin1StringView Color("color");
inline constexpr QLatin1StringView Context("context");
inline constexpr QLatin1StringView Namespace("namespace");
inline constexpr QLatin1StringView Notes("notes");
inline constexpr QLatin1StringView Policy("policy");
inline constexpr QLatin1StringView Ports("ports");
inline constexpr QLatin1StringView PreferredPod("preferredPod");
inline constexpr QLatin1StringView Running("running");
inline constexpr QLatin1StringView Server("server");
inline constexpr QLatin1StringView Tags("tags");
inline constexpr QLatin1StringView Target("target");
inline constexpr QLatin1StringView Url("url");

inline constexpr std::array Policies{
    std::pair(Forward::PodPolicy::FirstReady, QLatin1StringView("first-ready")),
    std::pair(Forward::PodPolicy::Sticky, QLatin1StringView("sticky")),
    std::pair(Forward::PodPolicy::RoundRobin, QLatin1StringView("round-robin")),
};

inline constexpr std::array Restores{
    std::pair(Profile::Restore::Nothing, QLatin1StringView("nothing")),
    std::pair(Profile::Restore::Ask, QLatin1StringView("ask")),
    std::pair(Profile::Restore::AsTheyWere, QLatin1StringView("as-they-were")),
};

/// A selector among targets, which kubectl knows as a flag only.
inline constexpr QLatin1StringView SelectorPrefix("selector/");

} // namespace Fairlead::Store::Words
