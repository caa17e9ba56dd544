#pragma once

#include <type_traits>
#include <utility>
#include <variant>

namespace Fairlead {

/// Marks a value as the error of a Result, so that a function can say `return Failure{...}`.
template <typename E>
struct Failure {
    E error;
};

template <typename E>
Failure(E) -> Failure<E>;

/// A value or the error that took its place. What can fail returns one of these; nothing in Fairlead throws for it.
template <typename T, typename E>
class [[nodiscard]] Result
{
public:
    Result(T value)
        : m_content(std::in_place_index<0>, std::move(value))
    {
    }
    template <typename F>
    requires std::is_convertible_v<F, E> // moc 6.4 fails on <concepts> where it is the first header of all
    Result(Failure<F> failure)
        : m_content(std::in_place_index<1>, std::move(failure.error))
    {
    }

    [[nodiscard]] bool hasValue() const { return m_content.index() == 0; }
    explicit operator bool() const { return hasValue(); }

    [[nodiscard]] const T &value() const & { return std::get<0>(m_content); }
    [[nodiscard]] T &value() & { return std::get<0>(m_content); }
    [[nodiscard]] T &&value() && { return std::get<0>(std::move(m_content)); }
    [[nodiscard]] const E &error() const { return std::get<1>(m_content); }

    const T &operator*() const & { return value(); }
    T &operator*() & { return value(); }
    const T *operator->() const { return &value(); }
    T *operator->() { return &value(); }

private:
    std::variant<T, E> m_content;
};

} // namespace Fairlead
