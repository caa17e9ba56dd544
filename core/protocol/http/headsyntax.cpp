#include "core/protocol/http/headsyntax.h"

#include <algorithm>
#include <string_view>

namespace Fairlead::Http {

bool isTokenChar(char c)
{
    constexpr std::string_view Marks = "!#$%&'*+-.^_`|~";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || Marks.find(c) != std::string_view::npos;
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

bool isText(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c == '\t' || (quint8(c) >= 0x20 && c != 0x7f); });
}

bool isTarget(QByteArrayView text)
{
    return !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](char c) { return quint8(c) > 0x20 && c != 0x7f; });
}

} // namespace Fairlead::Http
