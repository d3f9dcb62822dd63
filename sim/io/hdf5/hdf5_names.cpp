// What there is in a file, through the C library.
#include <hdf5.h>

#include <algorithm>
#include <string>
#include <vector>

#include "hdf5.hpp"

namespace coalis::h5 {
namespace {

// The names that `list` gives. Where a group also keeps the order of creation, by which other readers go, that must have the
// same.
template <class List>
std::vector<std::string> by_both_orders(hid_t object, herr_t (*order_of)(hid_t, unsigned*), List list) {
  std::vector<std::string> names = list(H5_INDEX_NAME);
  if (H5Iget_type(object) != H5I_GROUP) return names;
  const Handle creation(H5Gget_create_plist(object), H5Pclose, "read how a group is stored");
  unsigned order = 0;
  check(order_of(creation, &order), "read how a group is stored");
  if (!(order & H5P_CRT_ORDER_TRACKED)) return names;
  std::vector<std::string> created = list(H5_INDEX_CRT_ORDER);
  std::ranges::sort(created);
  if (!std::ranges::equal(created, names)) throw Error("the names in a group are not the same by both of its orders");
  return names;
}

// Of the objects of a type in a group, in the order of their creation.
template <H5O_type_t type>
std::vector<std::string> names_of(hid_t group) {
  std::vector<std::string> names;
  const auto collect = [](hid_t parent, const char* name, const H5L_info_t*, void* list) -> herr_t {
    H5O_info_t info;
    if (H5Oget_info_by_name2(parent, name, &info, H5O_INFO_BASIC, H5P_DEFAULT) < 0) return -1;
    if (info.type == type) static_cast<std::vector<std::string>*>(list)->emplace_back(name);
    return 0;
  };
  begin_use();
  check(H5Literate(group, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, collect, &names), "list a group");
  return names;
}

}  // namespace

bool has_group(hid_t parent, const std::string& name) {
  begin_use();
  return check(H5Lexists(parent, name.c_str(), H5P_DEFAULT), "look for a group") > 0;
}

std::vector<std::string> link_names(hid_t group) {
  struct Links {
    std::vector<std::string> names;
    bool plain = true;
  };
  const auto collect = [](hid_t, const char* name, const H5L_info_t* info, void* list) -> herr_t {
    auto& found = *static_cast<Links*>(list);
    found.names.emplace_back(name);
    found.plain = found.plain && info->type == H5L_TYPE_HARD;
    return 0;
  };
  begin_use();
  return by_both_orders(group, H5Pget_link_creation_order, [&](H5_index_t index) {
    Links links;
    check(H5Literate(group, index, H5_ITER_INC, nullptr, collect, &links), "list a group");
    if (!links.plain) throw Error("a group has links that lead elsewhere");
    return links.names;
  });
}

std::vector<std::string> attribute_names(hid_t object) {
  const auto collect = [](hid_t, const char* name, const H5A_info_t*, void* list) -> herr_t {
    static_cast<std::vector<std::string>*>(list)->emplace_back(name);
    return 0;
  };
  begin_use();
  return by_both_orders(object, H5Pget_attr_creation_order, [&](H5_index_t index) {
    std::vector<std::string> names;
    check(H5Aiterate2(object, index, H5_ITER_INC, nullptr, collect, &names), "list attributes");
    return names;
  });
}

std::vector<std::string> dataset_names(hid_t group) { return names_of<H5O_TYPE_DATASET>(group); }
std::vector<std::string> group_names(hid_t parent) { return names_of<H5O_TYPE_GROUP>(parent); }

}  // namespace coalis::h5
